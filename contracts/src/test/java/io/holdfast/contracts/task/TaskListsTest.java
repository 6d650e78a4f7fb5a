package io.holdfast.contracts.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.problem.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists made in Java, of which some cannot even be asked for null. */
class TaskListsTest {

  private static final TaskDocument.Message MESSAGE =
      new TaskDocument.Message("user", "What borders Nepal?");
  private static final ScoreResponse.Score SCORE =
      new ScoreResponse.Score("4", Map.of("near", 1.0));

  @Test
  void listsThatHoldNoNullAreTaken() {
    assertThat(new TaskDocument.Conversation(List.of(MESSAGE), null).messages())
        .containsExactly(MESSAGE);
    assertThat(new ScoreResponse(List.of(SCORE)).scores()).containsExactly(SCORE);
  }

  @Test
  void emptyListsAndNullsAreRefused() {
    assertRefused(() -> new TaskDocument.Conversation(List.of(), null));
    assertRefused(() -> new TaskDocument.Conversation(Arrays.asList(MESSAGE, null), null));
    assertRefused(() -> new ScoreResponse(null));
    assertRefused(() -> new ScoreResponse(Arrays.asList(SCORE, null)));
  }

  private static void assertRefused(Runnable making) {
    assertThatThrownBy(making::run)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .extracting("code")
                    .isEqualTo("task-missing"));
  }
}
