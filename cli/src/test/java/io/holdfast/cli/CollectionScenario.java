package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.cli.Holdfast.Result;
import io.holdfast.cli.client.CollectionView;
import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.StudySummary;
import io.holdfast.task.client.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two lineages of one recipe, of which one is spoilt from its first stage on: no frontier needs it.
 * It is removed from the store of a running system, and trained again for a study that goes on from
 * its middle.
 */
final class CollectionScenario {

  private static final String STUDY =
      """
      study: %s
      model: {layers: 2, hidden: 32, heads: 2, context: 32}
      tokenizer: {vocab: 384, train_on: [facts]}
      corpora:
        math: {embedded: metamath, tokens: 8k}
        facts: {embedded: factbook, tokens: 4k}
      stages:
        pretrain: {corpus: math, tokens: 8k, learning_rate: %s}
        post_train: {corpus: facts, epochs: 1, learning_rate: 3e-3, marks: [1k]}
        fine_tune: {corpus: math, tokens: 2k, learning_rate: %s}
      recipes:
        plain: {}
      seeds: [7]
      evaluation: {tokens: 1k}
      """;

  private final Holdfast holdfast;
  private final Path folder;
  private final Path checkpoints;

  /**
   * A scenario for a running system.
   *
   * @param folder for study files
   * @param checkpoints where the store, whatever it is, keeps those
   */
  CollectionScenario(Holdfast holdfast, Path folder, Path checkpoints) {
    this.holdfast = holdfast;
    this.folder = folder;
    this.checkpoints = checkpoints;
  }

  /**
   * Runs it. What other studies left stays.
   *
   * @param other a study that was run before
   */
  void runBeside(String other) throws Exception {
    pinAll();
    run("pin", other);
    assertThat(run("pin").output()).contains(other + "-");
    runStudy("room", "[3e-3, 3]", "3e-3");
    String points = points("room");
    Set<String> going = going();
    Map<String, String> weights = weights();
    assertThat(going).as("the spoilt lineage").hasSize(3);
    assertThat(weights.keySet()).containsAll(going);

    Result shown = run("gc", "--keep-days", "0");
    assertThat(shown.output())
        .contains("Would remove the checkpoints of 3 stages", "--apply", "pinned", "frontier");
    assertThat(weights()).as("nothing is removed yet").isEqualTo(weights);

    run("gc", "--keep-days", "0", "--apply");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> folders().stream().noneMatch(going::contains));
    Map<String, String> left = new HashMap<>(weights);
    left.keySet().removeAll(going);
    assertThat(weights()).as("the rest stays, to the last bit").isEqualTo(left);
    assertThat(run("gc", "--keep-days", "0", "--apply").output()).contains("Nothing goes.");
    assertThat(points("room")).isEqualTo(points);

    runStudy("more", "3", "1e-3");
    Map<String, String> now = weights();
    Set<String> again = new TreeSet<>(now.keySet());
    again.retainAll(going);
    assertThat(again).as("what the new fine-tuning starts from, and its parent").hasSize(2);
    assertThat(again).allSatisfy(stage -> assertThat(now.get(stage)).isEqualTo(weights.get(stage)));
    assertThat(points("room")).isEqualTo(points);
    run("pin", "--remove", other);
  }

  private Result run(String... arguments) throws Exception {
    Result result = holdfast.run(arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result;
  }

  private void runStudy(String name, String pretrainRate, String fineTuneRate) throws Exception {
    String text = STUDY.formatted(name, pretrainRate, fineTuneRate);
    run("run", Files.writeString(folder.resolve(name + ".yaml"), text).toString());
  }

  /** What other tests have run is theirs. */
  private void pinAll() throws Exception {
    try (Frontier frontier = frontier()) {
      for (StudySummary study : frontier.studies()) {
        frontier.pin(study.id(), true);
      }
    }
  }

  private Set<String> going() throws Exception {
    try (Frontier frontier = frontier()) {
      return frontier.collection(0, false).stages().stream()
          .map(CollectionView.Goes::stageId)
          .collect(Collectors.toSet());
    }
  }

  private String points(String study) throws Exception {
    try (Frontier frontier = frontier()) {
      String id =
          frontier.studies().stream()
              .filter(each -> each.name().equals(study))
              .map(StudySummary::id)
              .findFirst()
              .orElseThrow();
      return frontier.text("/api/studies/" + id + "/points.csv");
    }
  }

  private Frontier frontier() {
    return new Frontier(
        URI.create(holdfast.home().state().orElseThrow().api()),
        holdfast.home().token(),
        Trust.system());
  }

  /** Of every final checkpoint in the store, by stage id. */
  private Map<String, String> weights() throws IOException, NoSuchAlgorithmException {
    Map<String, String> weights = new HashMap<>();
    for (String stage : folders()) {
      Path file = checkpoints.resolve(stage + "/final/model.safetensors");
      if (Files.exists(file)) {
        weights.put(stage, sha256(file));
      }
    }
    return weights;
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }

  /** Stages that have any file; a store that has only names for them may leave empty folders. */
  private List<String> folders() throws IOException {
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> checkpoints.relativize(file).getName(0).toString())
          .distinct()
          .toList();
    }
  }
}
