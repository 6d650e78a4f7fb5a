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
    PRETRAINING(true, LawRun::pretraining),
    /** Kept from post-training. */
    POST_TRAINING(true, LawRun::postTraining),
    /** Newly learned. */
    FINE_TUNING(false, LawRun::fineTuning);

    private final boolean kept;
    private final Function<LawRun, LawPoint> point;

    Data(boolean kept, Function<LawRun, LawPoint> point) {
      this.kept = kept;
      this.point = point;
    }

    /** Whether it was known before fine-tuning, so that it can be forgotten. */
    public boolean kept() {
      return kept;
    }

    private LawKind kind(boolean offset) {
      if (!kept) {
        return LawKind.FINE_TUNING;
      }
      return offset ? LawKind.FORGETTING_AND_OFFSET : LawKind.FORGETTING;
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
   *
   * @param offset whether forgetting may have a part that neither size nor tokens change
   */
  public static StudyLaws of(List<StudySnapshot> studies, Fitting fitting, boolean offset) {
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
              laws.add(new StudyLaw(upstream, data, fitting.fit(data.kind(offset), points)));
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
