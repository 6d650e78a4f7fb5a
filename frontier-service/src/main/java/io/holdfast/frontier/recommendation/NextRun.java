package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.study.Knob;
import java.util.List;

/** Runs that would make the answer surer or better. */
public sealed interface NextRun {

  /** What they cost, as one point's stages are counted: nothing is reused. */
  Price price();

  /** How much lower the expected loss of the choice becomes, in nats per token; null if unknown. */
  Double gain();

  /** Why to buy them, one sentence. */
  String reason();

  /** The study with these runs beside those that there are; null when it cannot be written. */
  Study study();

  /** The same with a study. */
  NextRun in(Study study);

  /**
   * A study file.
   *
   * @param changes the keys that change, as YAML
   * @param text the whole file
   */
  record Study(String changes, String text) {}

  /**
   * More seeds of candidates that are not told apart.
   *
   * @param candidates their names
   * @param recipes of those
   * @param seeds to add
   * @param enough seeds in all that would settle it with a chance of about 80 %; null when that
   *     takes more than anybody buys, or is unknown
   */
  record MoreSeeds(
      List<String> candidates,
      List<String> recipes,
      List<Long> seeds,
      Integer enough,
      Price price,
      Double gain,
      String reason,
      Study study)
      implements NextRun {
    public MoreSeeds {
      candidates = List.copyOf(candidates);
      recipes = List.copyOf(recipes);
      seeds = List.copyOf(seeds);
    }

    @Override
    public NextRun in(Study file) {
      return new MoreSeeds(candidates, recipes, seeds, enough, price, gain, reason, file);
    }
  }

  /**
   * A level of a knob that was not tried.
   *
   * @param knob which
   * @param level its value
   * @param like the candidate that it otherwise equals
   * @param recipe that candidate's recipe
   * @param expected weighted loss that the parabola through the tried levels has there; null where
   *     there is none
   * @param outside whether it lies outside of the levels that were tried
   */
  record NewLevel(
      Knob knob,
      double level,
      String like,
      String recipe,
      Double expected,
      boolean outside,
      Price price,
      Double gain,
      String reason,
      Study study)
      implements NextRun {

    @Override
    public NextRun in(Study file) {
      return new NewLevel(knob, level, like, recipe, expected, outside, price, gain, reason, file);
    }
  }
}
