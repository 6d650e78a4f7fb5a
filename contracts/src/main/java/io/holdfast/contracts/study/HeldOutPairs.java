package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.OverlapRequest;
import io.holdfast.contracts.stage.StageKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every corpus that a study evaluates on, with every corpus that some stage of it trains on. */
final class HeldOutPairs {

  private HeldOutPairs() {}

  static List<OverlapRequest> of(StudyFile study) {
    Set<String> evaluated = new TreeSet<>();
    for (StageKind kind : StageKind.values()) {
      evaluated.addAll(study.evaluation().of(kind).keySet());
    }
    Set<String> trained = new TreeSet<>();
    study.recipes().stream()
        .flatMap(
            recipe ->
                Stream.of(recipe.pretrain(), recipe.postTrain(), recipe.fineTune())
                    .flatMap(List::stream))
        .map(StageVariant::settings)
        .forEach(stage -> trained.addAll(corpora(stage)));
    return evaluated.stream()
        .flatMap(
            heldOut ->
                trained.stream()
                    .map(
                        name ->
                            new OverlapRequest(
                                heldOut, name, study.corpora().get(name).limitTokens())))
        .toList();
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
