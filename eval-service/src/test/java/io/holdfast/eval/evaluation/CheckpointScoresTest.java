package io.holdfast.eval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.evaluation.Probe.Scale;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.CheckpointPublished.Parent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointScoresTest {

  private static final HeldOutShard PROSE = new HeldOutShard("prose", "shards/p/test", 0, 100);
  private static final HeldOutShard CODE = new HeldOutShard("code", "shards/c/test", 0, 100);
  private static final HeldOutShard MORE_CODE = new HeldOutShard("code", "shards/c/test", 0, 200);

  private static final Probe HALF = new Interpolated(0.5);
  private static final Probe NOISY = new Noisy(Scale.ABSOLUTE, 0.01, 1);

  @Test
  void scoresEachMissingSetOnceForAllWhoAsk() {
    List<EvaluationRequest> requests =
        List.of(published("a", PROSE, CODE), published("b", CODE, MORE_CODE));
    Set<EvaluationKey> known = Set.of(EvaluationKey.of(requests.getFirst(), PROSE));

    assertThat(CheckpointScores.missing(requests, known)).containsExactly(CODE, MORE_CODE);
  }

  @Test
  void answersWhenEveryScoreIsKnownInTheOrderOfTheRequest() {
    EvaluationRequest request = published("a", PROSE, CODE);
    Map<EvaluationKey, LossResult> known = new LinkedHashMap<>();
    known.put(EvaluationKey.of(request, MORE_CODE), score("code", 9));
    known.put(EvaluationKey.of(request, CODE), score("code", 2));
    assertThat(CheckpointScores.answer(request, known)).isEmpty();

    known.put(EvaluationKey.of(request, PROSE), score("prose", 1));
    assertThat(CheckpointScores.answer(request, known).orElseThrow().results())
        .containsExactly(score("prose", 1), score("code", 2));
  }

  @Test
  void aRequestForNothingIsAnsweredWithNothing() {
    assertThat(CheckpointScores.answer(published("a"), Map.of()).orElseThrow().results()).isEmpty();
  }

  @Test
  void everyProbeIsARequestOfItsOwnThatIsAnsweredAsWhatItIs() {
    CheckpointPublished published =
        event("a", List.of(PROSE), new Parent("p", "parent"), HALF, NOISY);
    List<EvaluationRequest> requests = EvaluationRequest.of(published);

    assertThat(requests)
        .extracting(EvaluationRequest::point)
        .containsExactly(EvaluationPoint.FINAL, HALF, NOISY);
    assertThat(requests)
        .extracting(request -> request.checkpoint().probes())
        .allMatch(List::isEmpty);
    EvaluationRequest half = requests.get(1);
    Map<EvaluationKey, LossResult> known = Map.of(EvaluationKey.of(half, PROSE), score("prose", 3));
    assertThat(CheckpointScores.answer(half, known).orElseThrow())
        .isEqualTo(
            new CheckpointEvaluated(
                "a", "c", "sha", HALF, 1, List.of(score("prose", 3)), List.of()));
    assertThat(CheckpointScores.answer(requests.getFirst(), known)).isEmpty();
    assertThat(CheckpointScores.answer(requests.get(2), known)).isEmpty();
  }

  @Test
  void derivedWeightsAreKnownByWhatTheyAreMadeOf() {
    Parent parent = new Parent("p", "parent");
    String half = interpolated(parent, 0.5).weights();

    assertThat(interpolated(new Parent("elsewhere", "parent"), 0.5).weights()).isEqualTo(half);
    assertThat(
            List.of(
                interpolated(parent, 0.25).weights(),
                interpolated(new Parent("p", "other"), 0.5).weights(),
                new EvaluationRequest(event("a", List.of(), parent), NOISY).weights(),
                new EvaluationRequest(
                        event("a", List.of(), parent), new Noisy(Scale.ABSOLUTE, 0.01, 2))
                    .weights(),
                new EvaluationRequest(
                        event("a", List.of(), parent), new Noisy(Scale.ROOT_MEAN_SQUARE, 0.01, 1))
                    .weights()))
        .doesNotHaveDuplicates()
        .doesNotContain(half, "sha");
    assertThat(interpolated(null, 0.5).lacksParent()).isTrue();
    assertThat(interpolated(parent, 0.5).lacksParent()).isFalse();
  }

  private static EvaluationRequest interpolated(Parent parent, double share) {
    return new EvaluationRequest(event("a", List.of(), parent), new Interpolated(share));
  }

  private static EvaluationRequest published(String stageId, HeldOutShard... sets) {
    return new EvaluationRequest(event(stageId, List.of(sets), null), EvaluationPoint.FINAL);
  }

  private static CheckpointPublished event(
      String stageId, List<HeldOutShard> sets, Parent parent, Probe... probes) {
    return new CheckpointPublished(
        stageId,
        "c",
        "sha",
        1,
        1,
        true,
        null,
        1,
        parent,
        "t",
        16,
        sets,
        List.of(probes),
        List.of());
  }

  private static LossResult score(String corpus, double loss) {
    return new LossResult(corpus, loss, 0.1, 100, 10, 400, Math.exp(loss), 1, 100L);
  }
}
