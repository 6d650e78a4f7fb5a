package io.holdfast.eval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.event.CheckpointPublished;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointScoresTest {

  private static final HeldOutShard PROSE = new HeldOutShard("prose", "shards/p/test", 0, 100);
  private static final HeldOutShard CODE = new HeldOutShard("code", "shards/c/test", 0, 100);
  private static final HeldOutShard MORE_CODE = new HeldOutShard("code", "shards/c/test", 0, 200);

  @Test
  void scoresEachMissingSetOnceForAllWhoAsk() {
    List<CheckpointPublished> requests =
        List.of(published("a", PROSE, CODE), published("b", CODE, MORE_CODE));
    Set<EvaluationKey> known = Set.of(EvaluationKey.of(requests.getFirst(), PROSE));

    assertThat(CheckpointScores.missing(requests, known)).containsExactly(CODE, MORE_CODE);
  }

  @Test
  void answersWhenEveryScoreIsKnownInTheOrderOfTheRequest() {
    CheckpointPublished request = published("a", PROSE, CODE);
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

  private static CheckpointPublished published(String stageId, HeldOutShard... sets) {
    return new CheckpointPublished(stageId, "c", "sha", 1, 1, true, "t", 16, List.of(sets));
  }

  private static LossResult score(String corpus, double loss) {
    return new LossResult(corpus, loss, 0.1, 100, 10, 400, Math.exp(loss), 1);
  }
}
