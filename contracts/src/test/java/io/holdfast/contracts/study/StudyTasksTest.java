package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.problem;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tasks a study's models are scored on. */
class StudyTasksTest {

  private static List<StudyTask> tasks(String list) {
    return valid(with("evaluation", "evaluation: {tasks: " + list + "}")).evaluation().tasks();
  }

  @Test
  void aNameIsEnough() {
    assertThat(tasks("[{task: capitals@1}]"))
        .containsExactly(
            new StudyTask(new TaskEvaluation(TaskName.of("capitals@1"), "test", 0, 1, null), null));
    assertThat(tasks("[]")).isEmpty();
  }

  @Test
  void oneTaskMayBeScoredInSeveralWays() {
    assertThat(
            tasks(
                "[{task: capitals@1, split: hard, few_shot: 5, seed: 7, limit: 2k, metric: f1},"
                    + " {task: capitals@1, few_shot: 5}, {task: capitals@2.0-rc1, few_shot: 5}]"))
        .containsExactly(
            new StudyTask(
                new TaskEvaluation(TaskName.of("capitals@1"), "hard", 5, 7, 2_000L), "f1"),
            new StudyTask(new TaskEvaluation(TaskName.of("capitals@1"), "test", 5, 1, null), null),
            new StudyTask(
                new TaskEvaluation(TaskName.of("capitals@2.0-rc1"), "test", 5, 1, null), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{task: capitals@1} | evaluation.tasks | wrong-type",
        "[capitals@1] | evaluation.tasks[0] | wrong-type",
        "[{split: test}] | evaluation.tasks[0].task | missing",
        "[{task: capitals}] | evaluation.tasks[0].task | not-a-task",
        "[{task: Capitals@1}] | evaluation.tasks[0].task | not-a-task",
        "[{task: a@1}, {task: b@1, few_shot: -1}] | evaluation.tasks[1].few_shot | out-of-range",
        "[{task: a@1, limit: 0}] | evaluation.tasks[0].limit | out-of-range",
        "[{task: a@1, shots: 5}] | evaluation.tasks[0].shots | unknown-key",
        "[{task: a@1}, {task: a@1, metric: acc}] | evaluation.tasks[1] | duplicate"
      })
  void wrongTasksAreNamed(String list, String path, String code) {
    Problem problem = problem(with("evaluation", "evaluation: {tasks: " + list + "}"));

    assertThat(problem.path()).isEqualTo(path);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.line()).isNotNull();
    assertThat(problem.remedy()).isNotBlank();
  }
}
