package io.holdfast.contracts.study;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.study.Assignment.Value;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Random search: every draw gives each setting a value of its distribution. Draw i of a setting
 * depends on the seed, the setting's path and i alone, so that more draws, or more settings, leave
 * the draws there are as they were, and what is trained already is not trained again.
 */
final class RandomDraws {

  private static final double UNIT = 0x1p-52;

  private final Section random;
  private final Problems problems;

  RandomDraws(Section random, Problems problems) {
    this.random = random;
    this.problems = problems;
  }

  List<Assignment> read() {
    random.require("draws", "It is not said how often to draw.", "Give draws, such as draws: 8.");
    random.require("seed", "The draws have no seed.", "Give one, such as seed: 1.");
    random.require(
        "values",
        "Nothing is drawn.",
        "Give values: {post_train.learning_rate: {log_uniform: [1e-5, 1e-3]}}.");
    OptionalLong draws = random.whole("draws", Range.whole(1, Sweeps.MAX_VARIANTS));
    OptionalLong seed = random.whole("seed", StudyReader.SEED);
    if (!(random.tree("values") instanceof Mapping values)) {
      if (random.has("values")) {
        random.problem(
            "values",
            "wrong-type",
            "Here belong settings.",
            "Write it as setting: {uniform: […]}.");
      }
      return List.of();
    }
    List<Drawn> drawn = new ArrayList<>();
    JointSweeps.paths(values, problems)
        .forEach(
            setting ->
                Distribution.read(setting.value(), problems)
                    .ifPresent(distribution -> drawn.add(new Drawn(setting, distribution))));
    return draws.isEmpty() || seed.isEmpty()
        ? List.of()
        : IntStream.range(0, (int) draws.getAsLong())
            .mapToObj(
                draw ->
                    new Assignment(
                        drawn.stream().map(one -> one.draw(seed.getAsLong(), draw)).toList()))
            .toList();
  }

  private record Drawn(Value setting, Distribution distribution) {

    Value draw(long seed, int draw) {
      String path = setting.kind() + "." + String.join(".", setting.keys());
      Tree value = distribution.at(uniform(seed, path, draw));
      return new Value(setting.kind(), setting.keys(), value);
    }
  }

  /** Uniform in [0, 1): the first 52 bits of SHA-256 over seed, path and index. */
  static double uniform(long seed, String path, int draw) {
    String hash = Json.sha256(seed + "\n" + path + "\n" + draw);
    return Long.parseLong(hash.substring(0, 13), 16) * UNIT;
  }
}
