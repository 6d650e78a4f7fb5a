package io.holdfast.contracts.study;

import java.util.List;
import java.util.Objects;

/**
 * A statement that a study is to support, contradict or leave open. Each names what is compared;
 * how it is tested is frontier-service's part. Lower losses are better throughout.
 *
 * <p>The findings of the EDE paper are all of these forms: 3a is {@link Trend} of L_ret with {@link
 * Latent}, 3b is {@link InteriorMinimum} with {@link Trend} of L_im, 2 is {@link Dominates} with
 * {@link LargestGain}, 4–7 and 10–12 are {@link Complementary} and {@link Dominates}.
 */
public sealed interface Claim {

  /** Losses closer than this count as equal unless a claim says otherwise: 2 % in perplexity. */
  double DEFAULT_MARGIN_NATS = 0.02;

  /**
   * The front of one recipe lies below that of another.
   *
   * @param recipe the better one
   * @param over the other
   * @param plane in which losses
   * @param marginNats by how much the better front may be worse somewhere and still dominate
   */
  record Dominates(String recipe, String over, Plane plane, double marginNats) implements Claim {
    public Dominates {
      requireDifferent(recipe, over);
      Objects.requireNonNull(plane, "plane");
      requireMargin(marginNats);
    }
  }

  /**
   * At equal fine-tuning loss, one recipe's retained loss is lower than another's, or its metric on
   * a task is better.
   *
   * @param recipe the better one
   * @param over the other
   * @param task whose metric says what is retained; null for L_ret
   */
  record RetainsMore(String recipe, String over, StudyTask task) implements Claim {
    public RetainsMore {
      requireDifferent(recipe, over);
    }
  }

  /**
   * What one recipe keeps more than another at equal fine-tuning loss is largest at one end.
   *
   * @param recipe the better one
   * @param over the other
   * @param at which end of the fine-tuning loss
   */
  record LargestGain(String recipe, String over, End at) implements Claim {
    public LargestGain {
      requireDifferent(recipe, over);
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * Two recipes, or all levels of a knob, are equal in L_im and yet differ in L_ret.
   *
   * @param recipe one recipe, or null when a knob is meant
   * @param over the other, or null likewise
   * @param along the knob, or null when two recipes are meant
   * @param recipes the only recipes to look at along the knob; empty for all
   * @param marginNats losses closer than this are equal
   */
  record Latent(String recipe, String over, Knob along, List<String> recipes, double marginNats)
      implements Claim {
    public Latent {
      recipes = List.copyOf(recipes);
      if (along == null) {
        requireDifferent(recipe, over);
      } else if (recipe != null || over != null) {
        throw new IllegalArgumentException("either two recipes or a knob");
      }
      requireMargin(marginNats);
    }
  }

  /**
   * Along a knob, a loss is lowest strictly between the ends.
   *
   * @param loss which loss
   * @param along the knob
   * @param recipes the only recipes to look at; empty for all
   */
  record InteriorMinimum(Loss loss, Knob along, List<String> recipes) implements Claim {
    public InteriorMinimum {
      Objects.requireNonNull(loss, "loss");
      Objects.requireNonNull(along, "along");
      recipes = List.copyOf(recipes);
    }
  }

  /**
   * Along a knob, a loss or a task's metric rises, falls or stays.
   *
   * @param loss which loss; null when a task is meant
   * @param task whose metric is meant; null when a loss is
   * @param along the knob
   * @param direction where it goes
   * @param recipes the only recipes to look at; empty for all
   * @param margin a change smaller than this from end to end counts as flat, in nats or in units of
   *     the metric
   */
  record Trend(
      Loss loss,
      StudyTask task,
      Knob along,
      Direction direction,
      List<String> recipes,
      double margin)
      implements Claim {
    public Trend {
      if ((loss == null) == (task == null)) {
        throw new IllegalArgumentException("a trend is of a loss or of a task's metric");
      }
      Objects.requireNonNull(along, "along");
      Objects.requireNonNull(direction, "direction");
      recipes = List.copyOf(recipes);
      requireMargin(margin);
    }
  }

  /**
   * Several knobs together give a better front than each of them alone.
   *
   * @param factors at least two; a knob is on when it is not zero
   * @param recipes the only recipes to look at; empty for all
   */
  record Complementary(List<Knob> factors, List<String> recipes) implements Claim {
    public Complementary {
      factors = List.copyOf(factors);
      recipes = List.copyOf(recipes);
      if (factors.size() < 2 || factors.stream().distinct().count() < factors.size()) {
        throw new IllegalArgumentException("at least two different knobs: " + factors);
      }
    }
  }

  /**
   * A parameter of a scaling law (FSL, arXiv 2502.06042) lies in a range.
   *
   * @param of the data whose loss the law is about
   * @param parameter as the paper writes it; see {@link LawData#parameters}
   * @param low lower end of the range
   * @param high upper end
   * @param recipe whose law; null for the study's first
   */
  record LawParameter(LawData of, String parameter, double low, double high, String recipe)
      implements Claim {
    public LawParameter {
      if (!of.parameters().contains(parameter)) {
        throw new IllegalArgumentException("the law has no parameter " + parameter);
      }
      if (!(low < high)) {
        throw new IllegalArgumentException("a range has two ends: " + low + ", " + high);
      }
    }
  }

  /**
   * A scaling law that is fitted to smaller models predicts the largest ones.
   *
   * @param of the data whose loss the law is about
   * @param error largest mean of |predicted − measured| / measured
   * @param recipe whose law; null for the study's first
   */
  record LawPredicts(LawData of, double error, String recipe) implements Claim {
    public LawPredicts {
      Objects.requireNonNull(of, "of");
      if (!(error > 0 && Double.isFinite(error))) {
        throw new IllegalArgumentException("an error is positive: " + error);
      }
    }
  }

  /** The data whose loss a scaling law is about, by the stage that trains on it. */
  enum LawData {
    /** L_pre: forgotten in fine-tuning. */
    PRETRAIN(List.of("alpha", "beta", "B")),
    /** L_ret: forgotten in fine-tuning. */
    POST_TRAIN(List.of("alpha", "beta", "B")),
    /** L_ft: learned in fine-tuning. */
    FINE_TUNE(List.of("alpha", "beta", "E"));

    private final List<String> parameters;

    LawData(List<String> parameters) {
      this.parameters = parameters;
    }

    /** Names of the law's parameters; A, whose unit depends on the others, is left out. */
    public List<String> parameters() {
      return parameters;
    }
  }

  /** The planes of EDE §1. */
  enum Plane {
    /** (L_ret, L_ft). */
    RETENTION,
    /** (L_pre, L_ret). */
    PRETRAINING
  }

  /** The losses of EDE §1. */
  enum Loss {
    /** L_im. */
    IMMEDIATE,
    /** L_ret. */
    RETAINED,
    /** L_ft. */
    FINE_TUNED,
    /** L_pre. */
    PRETRAINED
  }

  /** An end of the range of fine-tuning losses. */
  enum End {
    LOW,
    HIGH
  }

  /** Where a loss goes as a knob is turned up. */
  enum Direction {
    RISES,
    FALLS,
    FLAT
  }

  private static void requireDifferent(String recipe, String over) {
    Objects.requireNonNull(recipe, "recipe");
    if (recipe.equals(Objects.requireNonNull(over, "over"))) {
      throw new IllegalArgumentException("a recipe is not compared with itself: " + recipe);
    }
  }

  private static void requireMargin(double nats) {
    if (!(nats >= 0 && Double.isFinite(nats))) {
      throw new IllegalArgumentException("a margin is not negative: " + nats);
    }
  }
}
