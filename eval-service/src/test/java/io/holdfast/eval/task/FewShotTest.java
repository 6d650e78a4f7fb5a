package io.holdfast.eval.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.task.EvaluationRequest.Loglikelihood;
import io.holdfast.contracts.task.TaskDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FewShotTest {

  private static final List<TaskDocument> TRAINING =
      IntStream.range(0, 20)
          .<TaskDocument>mapToObj(i -> new TaskDocument.Pair("q" + i + ":", " a" + i, null))
          .toList();

  private static Loglikelihood request(String id, String context) {
    return new Loglikelihood(id, context, " a", null);
  }

  private static List<String> parts(FewShot shots, String id, String context) {
    return Arrays.asList(shots.before(request(id, context), context).split("\n\n"));
  }

  @Test
  void examplesAreDifferentDocumentsEachEndedByABlankLine() {
    List<String> parts = parts(new FewShot(TRAINING, 5, 1), "r", "q99:");

    assertThat(parts).hasSize(6).doesNotHaveDuplicates().last().isEqualTo("q99:");
    assertThat(parts.subList(0, 5)).allMatch(part -> part.matches("q(\\d+): a\\1"));
  }

  @Test
  void aDrawDependsOnSeedAndRequestAlone() {
    FewShot shots = new FewShot(TRAINING, 5, 1);

    assertThat(parts(shots, "r", "q99:")).isEqualTo(parts(shots, "r", "q99:"));
    assertThat(parts(shots, "r", "q99:"))
        .isEqualTo(parts(new FewShot(TRAINING, 5, 1), "r", "q99:"));
    assertThat(parts(shots, "other", "q99:")).isNotEqualTo(parts(shots, "r", "q99:"));
    assertThat(parts(new FewShot(TRAINING, 5, 2), "r", "q99:"))
        .isNotEqualTo(parts(shots, "r", "q99:"));
  }

  @Test
  void everyDocumentIsDrawnSometimesButNeverBeforeItsOwnQuestion() {
    FewShot shots = new FewShot(TRAINING, 5, 1);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      List<String> parts = parts(shots, "r" + i, "q7:");
      seen.addAll(parts.subList(0, 5));
    }

    assertThat(seen).hasSize(19).doesNotContain("q7: a7");
  }

  @Test
  void noneIsTheContextItself() {
    assertThat(FewShot.NONE.before(request("r", "q:"), "q:")).isEqualTo("q:");
  }

  @Test
  void tooFewOrUnsuitableDocumentsAreRefused() {
    TaskDocument talk =
        new TaskDocument.Conversation(
            new ArrayList<>(List.of(new TaskDocument.Message("user", "hi"))), null);

    assertThatThrownBy(() -> new FewShot(TRAINING, 20, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("20 documents");
    assertThatThrownBy(() -> new FewShot(List.of(talk, talk), 1, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("conversations");
  }
}
