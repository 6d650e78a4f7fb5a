package io.holdfast.frontier.snapshot;

import io.holdfast.frontier.lifecycle.StageState;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long training will still take. The rest of the work at the present speed of all trainers, but
 * never less than the longest chain of stages that must follow one another on one trainer. Before
 * any early stop, and without the time of evaluations.
 */
public final class Forecast {

  private final StudySnapshot study;
  private final Map<String, Double> chains = new HashMap<>();

  private Forecast(StudySnapshot study) {
    this.study = study;
  }

  /** Seconds to the last training step; empty when nothing is left or no speed is known. */
  public static OptionalDouble seconds(StudySnapshot study) {
    return new Forecast(study).seconds();
  }

  /** Seconds to a stage's last step; empty unless it trains. */
  public static OptionalDouble seconds(StageSnapshot stage) {
    double speed = stage.flopsPerSecond();
    return speed > 0 ? OptionalDouble.of(stage.remainingFlops() / speed) : OptionalDouble.empty();
  }

  private OptionalDouble seconds() {
    double left =
        study.stages().stream()
            .filter(this::canRun)
            .mapToDouble(StageSnapshot::remainingFlops)
            .sum();
    OptionalDouble each = perTrainer();
    if (left <= 0 || each.isEmpty()) {
      return OptionalDouble.empty();
    }
    double together = study.stages().stream().mapToDouble(StageSnapshot::flopsPerSecond).sum();
    double longest = study.stages().stream().mapToDouble(this::chain).max().orElse(0);
    return OptionalDouble.of(
        Math.max(left / Math.max(together, each.getAsDouble()), longest / each.getAsDouble()));
  }

  private boolean canRun(StageSnapshot stage) {
    return switch (stage.state()) {
      case StageState.Waiting waiting -> study.blockedBy(stage) == null;
      case StageState.InFlight inFlight -> true;
      case StageState.Trained trained -> false;
      case StageState.Failed failed -> false;
      case StageState.Cancelled cancelled -> false;
    };
  }

  /** Operations per second of one trainer: of those that train now, else of what was trained. */
  private OptionalDouble perTrainer() {
    OptionalDouble now =
        study.stages().stream()
            .mapToDouble(StageSnapshot::flopsPerSecond)
            .filter(speed -> speed > 0)
            .average();
    if (now.isPresent()) {
      return now;
    }
    return study.stages().stream()
        .filter(stage -> stage.completion() != null && stage.completion().trainingSeconds() > 0)
        .mapToDouble(s -> s.completion().flops() / s.completion().trainingSeconds())
        .average();
  }

  /** Operations left from the first unfinished ancestor to the end of this stage. */
  private double chain(StageSnapshot stage) {
    Double known = chains.get(stage.id());
    if (known == null) {
      String parent = stage.spec().parent();
      double before = parent == null ? 0 : chain(study.stage(parent));
      known = canRun(stage) ? before + stage.remainingFlops() : 0;
      chains.put(stage.id(), known);
    }
    return known;
  }
}
