package io.holdfast.theory;

/**
 * A pair of singular vectors that the three tasks share, and its singular value in each.
 *
 * @param kind what the tasks do with it
 * @param pretraining σ in A_pre; 0 where pretraining inputs have no such direction
 * @param postTraining σ in A_post
 * @param fineTuning σ in A_ft; 0 where fine-tuning inputs have no such direction
 */
public record Feature(Kind kind, double pretraining, double postTraining, double fineTuning) {

  /** The three kinds of features of the paper. */
  public enum Kind {
    /** The same in all tasks, and larger than all others. */
    INVARIANT,
    /** Larger in post-training than before and after, by more than c_mis. */
    INCONSISTENT,
    /** Only post-training has it. */
    SPECIALIZED
  }

  public Feature {
    boolean fits =
        switch (kind) {
          case INVARIANT ->
              pretraining > 0 && pretraining == postTraining && postTraining == fineTuning;
          case INCONSISTENT ->
              pretraining > 0
                  && fineTuning > 0
                  && postTraining > pretraining
                  && postTraining > fineTuning;
          case SPECIALIZED -> pretraining == 0 && fineTuning == 0 && postTraining > 0;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "%s cannot be %s, %s, %s".formatted(kind, pretraining, postTraining, fineTuning));
    }
  }

  /** Whether inputs of pretraining and fine-tuning have this direction. */
  public boolean shared() {
    return kind != Kind.SPECIALIZED;
  }
}
