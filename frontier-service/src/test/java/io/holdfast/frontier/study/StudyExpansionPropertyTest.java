package io.holdfast.frontier.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

/** Stage ids depend on what is trained, never on what things are called or where they stand. */
class StudyExpansionPropertyTest {

  @Property(tries = 100)
  void namesAndOrderDoNotChangeStageIds(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> names = new ArrayList<>(List.of("alpha", "beta", "gamma", "delta"));
    Collections.shuffle(names, random);

    Set<String> ids =
        tree(List.of("prose", "math", "facts", "other"), new Random(0)).stages().keySet();

    assertThat(tree(names, random).stages().keySet()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Property(tries = 50)
  void everySeedIsATreeOfItsOwn(
      @ForAll @Size(min = 1, max = 5) @UniqueElements
          List<@IntRange(max = 1_000_000) Integer> seeds) {
    StageTree all = withSeeds(seeds);
    Set<String> union = new HashSet<>();
    int stages = 0;
    for (int seed : seeds) {
      StageTree one = withSeeds(List.of(seed));
      union.addAll(one.stages().keySet());
      stages += one.stages().size();
    }

    assertThat(all.stages().keySet()).isEqualTo(union);
    assertThat(all.stages()).hasSize(stages);
    assertThat(all.lineages()).hasSize(6 * seeds.size());
  }

  @Property(tries = 50)
  void repeatedRecipesAddLineagesAndNoStages(@ForAll @IntRange(min = 1, max = 20) int copies) {
    String more =
        IntStream.range(0, copies)
            .mapToObj("  copy-%d: {pretrain: {exposure: 0.50}}\n"::formatted)
            .collect(Collectors.joining());
    StageTree tree = Fixtures.tree(Fixtures.STUDY.replace("recipes:\n", "recipes:\n" + more));

    assertThat(tree.stages().keySet())
        .containsExactlyInAnyOrderElementsOf(Fixtures.tree(Fixtures.STUDY).stages().keySet());
    assertThat(tree.lineages()).hasSize(2 * 2 * (3 + copies));
  }

  @Property(tries = 100)
  void anyOtherValueIsAnotherStage(@ForAll("changes") String change) {
    String unexposed = Fixtures.STUDY.replace("  exposed: {pretrain: {exposure: 0.5}}\n", "");
    String changed =
        unexposed.replace("learning_rate: 2e-3}", "learning_rate: 2e-3, " + change + "}");
    Set<String> shared = new TreeSet<>(Fixtures.tree(changed).stages().keySet());

    shared.retainAll(Fixtures.tree(unexposed).stages().keySet());

    // Pretraining differs, so everything after it does.
    assertThat(shared).isEmpty();
  }

  @Provide
  Arbitrary<String> changes() {
    return Arbitraries.of(
        "batch: 16",
        "min_learning_rate: 1e-5",
        "schedule: linear",
        "schedule: constant",
        "schedule: wsd",
        "warmup_steps: 3",
        "warmup_fraction: 0.1",
        "betas: [0.9, 0.99]",
        "epsilon: 1e-6",
        "weight_decay: 0",
        "clip_norm: 0",
        "dropout: 0.1",
        "dropout: {mlp: 0.1}",
        "precision: fp32",
        "sequence_length: 32",
        "exposure: 0.25",
        "exposure: {fraction: 0.25, mode: replace}",
        "exposure: {fraction: 0.25, from: 0.5}",
        "exposure: {fraction: 0.25, corpus: facts}",
        "early_stopping: {patience: 1}");
  }

  @Property(tries = 20)
  void whatAScheduleDoesNotUseIsNoDifference(@ForAll("unused") String unused) {
    String changed =
        Fixtures.STUDY.replace("learning_rate: 2e-3}", "learning_rate: 2e-3, " + unused + "}");

    assertThat(Fixtures.tree(changed).stages().keySet())
        .isEqualTo(Fixtures.tree(Fixtures.STUDY).stages().keySet());
  }

  @Provide
  Arbitrary<String> unused() {
    return Arbitraries.of(
        "decay_fraction: 0.5",
        "schedule: cosine",
        "min_learning_rate: 2e-4",
        "batch: 8",
        "warmup_fraction: 0.05",
        "dropout: 0",
        "exposure: 0",
        "early_stopping: null");
  }

  private static StageTree withSeeds(List<Integer> seeds) {
    return Fixtures.tree(Fixtures.STUDY.replace("seeds: [1, 2]", "seeds: " + seeds));
  }

  /** One study with four corpora, under the given names and in a random order. */
  private static StageTree tree(List<String> names, Random random) {
    String prose = names.get(0);
    String math = names.get(1);
    String facts = names.get(2);
    String java = names.get(3);
    List<String> corpora =
        shuffled(
            random,
            prose + ": {embedded: english-prose}",
            math + ": {embedded: metamath, tokens: 100k}",
            facts + ": {embedded: factbook}",
            java + ": {embedded: java-code}");
    List<String> stages =
        shuffled(
            random,
            "pretrain: {corpora: {%s}, tokens: 80k, learning_rate: 0.01}"
                .formatted(String.join(", ", shuffled(random, prose + ": 2", java + ": 1"))),
            "post_train: {%s}"
                .formatted(
                    String.join(
                        ", ",
                        shuffled(random, "corpus: " + math, "epochs: 2", "learning_rate: 0.003"))),
            "fine_tune: {corpus: %s, learning_rate: [0.001, 0.002], tokens: 10k}".formatted(facts));
    List<String> recipes =
        shuffled(
            random,
            names.get(1) + "-r: {pretrain: {exposure: 0.5}}",
            names.get(0) + "-r: {}",
            names.get(2) + "-r: {post_train: {replay: 0.1}}");
    return Fixtures.tree(
        """
        study: %s
        model: {context: 64, layers: 1, heads: 2, hidden: 16}
        tokenizer: {vocab: 512}
        corpora: {%s}
        stages: {%s}
        recipes: {%s}
        seeds: %s
        """
            .formatted(
                prose,
                String.join(", ", corpora),
                String.join(", ", stages),
                String.join(", ", recipes),
                shuffled(random, "3", "4")));
  }

  private static List<String> shuffled(Random random, String... entries) {
    List<String> shuffled = new ArrayList<>(List.of(entries));
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
