package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.OverlapRequest;
import io.holdfast.contracts.corpus.UnionOverlapRequest;
import io.holdfast.contracts.stage.StageKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the text that a study evaluates on is looked for: in all that its stages train on. */
final class HeldOutText {

  private HeldOutText() {}

  /** Every corpus that is evaluated on, with every corpus that some stage trains on. */
  static List<OverlapRequest> pairs(StudyFile study) {
    Set<String> trained = new TreeSet<>();
    wholes(study).forEach(trained::addAll);
    return evaluated(study).stream()
        .flatMap(
            heldOut ->
                trained.stream()
                    .map(
                        name ->
                            new OverlapRequest(
                                heldOut, name, study.corpora().get(name).limitTokens())))
        .toList();
  }

  /**
   * Every corpus that is evaluated on, with all that a model at the end of its pipeline has trained
   * on. Of pipelines that train on nested sets of corpora the largest is enough: it holds no less.
   */
  static List<UnionOverlapRequest> unions(StudyFile study) {
    Set<Set<String>> wholes = wholes(study);
    List<List<String>> largest =
        wholes.stream()
            .filter(whole -> whole.size() > 1)
            .filter(
                whole ->
                    wholes.stream()
                        .noneMatch(other -> !other.equals(whole) && other.containsAll(whole)))
            .map(List::copyOf)
            .toList();
    return evaluated(study).stream()
        .flatMap(heldOut -> largest.stream().map(whole -> new UnionOverlapRequest(heldOut, whole)))
        .toList();
  }

  private static Set<String> evaluated(StudyFile study) {
    Set<String> evaluated = new TreeSet<>();
    for (StageKind kind : StageKind.values()) {
      evaluated.addAll(study.evaluation().of(kind).keySet());
    }
    return evaluated;
  }

  /** The different sets of corpora that a pipeline of the study trains on from first to last. */
  private static Set<Set<String>> wholes(StudyFile study) {
    Set<Set<String>> wholes = new LinkedHashSet<>();
    for (Recipe recipe : study.recipes()) {
      for (Arm arm : recipe.arms()) {
        Set<Set<String>> pipelines = Set.of(Set.of());
        for (List<StageVariant> stage : List.of(arm.pretrain(), arm.postTrain(), arm.fineTune())) {
          pipelines = continued(pipelines, stage);
        }
        wholes.addAll(pipelines);
      }
    }
    return wholes;
  }

  private static Set<Set<String>> continued(Set<Set<String>> pipelines, List<StageVariant> stage) {
    Set<Set<String>> choices =
        stage.stream()
            .map(variant -> corpora(variant.settings()))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return choices.isEmpty()
        ? pipelines
        : pipelines.stream()
            .flatMap(before -> choices.stream().map(more -> union(before, more)))
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    return Stream.concat(one.stream(), other.stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> corpora(StageSettings stage) {
    Set<String> corpora = new TreeSet<>(stage.corpora().keySet());
    if (stage.exposure() != null) {
      corpora.addAll(stage.exposure().corpora());
    }
    if (stage.replay() != null) {
      corpora.addAll(stage.replay().corpora().keySet());
    }
    return corpora;
  }
}
