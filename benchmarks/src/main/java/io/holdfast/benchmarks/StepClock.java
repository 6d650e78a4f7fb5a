package io.holdfast.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Times a stage's steps from the question that the trainer asks before each: whether to stop. A
 * step's time is the whole turn of the loop, reading its batch and reporting progress included.
 * When enough are timed it abandons the stage, which would else write a checkpoint.
 */
final class StepClock implements BooleanSupplier {

  /** Ends the stage from inside. */
  static final class Enough extends RuntimeException {
    private Enough() {
      super("enough steps are timed", null, false, false);
    }
  }

  private final int warmup;
  private final int steps;
  private final List<Long> turns = new ArrayList<>();

  /**
   * A clock for one stage.
   *
   * @param warmup steps that are not timed
   * @param steps steps that are
   */
  StepClock(int warmup, int steps) {
    this.warmup = warmup;
    this.steps = steps;
  }

  @Override
  public boolean getAsBoolean() {
    turns.add(System.nanoTime());
    if (turns.size() > warmup + steps) {
      throw new Enough();
    }
    return false;
  }

  /** Seconds of each timed step. */
  List<Double> seconds() {
    List<Double> seconds = new ArrayList<>();
    for (int i = warmup; i + 1 < turns.size(); i++) {
      seconds.add((turns.get(i + 1) - turns.get(i)) / 1e9);
    }
    return seconds;
  }
}
