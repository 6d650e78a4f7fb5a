package io.holdfast.frontier.snapshot;

import io.holdfast.frontier.law.Fitting;
import io.holdfast.frontier.law.LawKind;
import io.holdfast.frontier.law.LawPoint;
import io.holdfast.frontier.law.LawResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The laws of one or more studies: for each upstream recipe, how fine-tuning changes the loss on
 * each of the three kinds of data.
 *
 * @param studies ids of those whose runs were used
 * @param laws in the order of the recipes
 */
public record StudyLaws(List<String> studies, List<StudyLaw> laws) {

  public StudyLaws {
    studies = List.copyOf(studies);
    laws = List.copyOf(laws);
  }

  /** The data whose loss a law is about. */
  public enum Data {
    /** Kept from pretraining. */
    PRETRAINING(LawKind.FORGETTING, LawRun::pretraining),
    /** Kept from post-training. */
    POST_TRAINING(LawKind.FORGETTING, LawRun::postTraining),
    /** Newly learned. */
    FINE_TUNING(LawKind.FINE_TUNING, LawRun::fineTuning);

    private final LawKind kind;
    private final Function<LawRun, LawPoint> point;

    Data(LawKind kind, Function<LawRun, LawPoint> point) {
      this.kind = kind;
      this.point = point;
    }

    /** Which law describes it. */
    public LawKind kind() {
      return kind;
    }
  }

  /**
   * One law.
   *
   * @param upstream the recipe, or the first of those that share all stages before fine-tuning
   * @param data whose loss it is about
   * @param result the fit, or what is missing for one
   */
  public record StudyLaw(String upstream, Data data, LawResult result) {}

  /**
   * Fits all laws. Recipes of the same name in several studies, such as one study at several
   * scales, are one recipe.
   */
  public static StudyLaws of(List<StudySnapshot> studies, Fitting fitting) {
    Map<String, List<LawRun>> runs = new LinkedHashMap<>();
    for (StudySnapshot study : studies) {
      for (LawRun run : LawRuns.of(study)) {
        runs.computeIfAbsent(run.upstream(), name -> new ArrayList<>()).add(run);
      }
    }
    List<StudyLaw> laws = new ArrayList<>();
    runs.forEach(
        (upstream, own) -> {
          for (Data data : Data.values()) {
            List<LawPoint> points = own.stream().map(data.point).filter(Objects::nonNull).toList();
            if (!points.isEmpty()) {
              laws.add(new StudyLaw(upstream, data, fitting.fit(data.kind(), points)));
            }
          }
        });
    return new StudyLaws(studies.stream().map(StudySnapshot::id).toList(), laws);
  }

  /** Those that the runs determine. */
  public List<StudyLaw> fitted() {
    return laws.stream().filter(law -> law.result() instanceof LawResult.Fitted).toList();
  }
}
