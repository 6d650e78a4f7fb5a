package io.holdfast.eval.task;

import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one evaluation needs of a task, on disk and verified.
 *
 * @param description what the task says of itself
 * @param split which of its evaluation splits
 * @param requests the split's lines
 * @param examples lines of the split that few-shot examples come from; null without examples
 */
public record TaskData(
    TaskDescription description, EvaluationSplit split, Path requests, Path examples) {

  /** The requests that are to be scored: all, or the first ones. */
  public List<EvaluationRequest> requests(TaskEvaluation evaluation) {
    return read(
        requests,
        evaluation.limit() == null ? split.requests() : evaluation.limit(),
        TaskJson::request);
  }

  /**
   * The examples that come before each request.
   *
   * @throws io.holdfast.contracts.problem.InvalidInputException when there are not enough
   */
  public FewShot examples(TaskEvaluation evaluation) {
    return evaluation.fewShot() == 0
        ? FewShot.NONE
        : new FewShot(
            read(examples, Long.MAX_VALUE, TaskJson::document),
            evaluation.fewShot(),
            evaluation.seed());
  }

  private static <T> List<T> read(Path file, long limit, Function<String, T> line) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.limit(limit).map(line).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
