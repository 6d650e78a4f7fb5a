package io.holdfast.task.client;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads lines of an evaluation split; notes up to {@value #MAX_PROBLEMS} faults. */
final class RequestReader {

  private static final int MAX_PROBLEMS = 20;

  private final EvaluationSplit split;
  private final List<EvaluationRequest> requests = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  RequestReader(EvaluationSplit split) {
    this.split = split;
  }

  void line(long number, byte[] bytes) {
    if (problems.size() >= MAX_PROBLEMS) {
      return;
    }
    try {
      EvaluationRequest request = TaskJson.request(decoded(bytes));
      requests.add(request);
      if (!ids.add(request.id())) {
        problems.add(AnswerProblems.duplicateId(split, number, request.id()));
      }
    } catch (CharacterCodingException e) {
      problems.add(AnswerProblems.notUtf8(split, number));
    } catch (InvalidInputException e) {
      problems.addAll(TaskJson.placed(e.problems(), split.path(), Math.toIntExact(number)));
    }
  }

  Outcome<List<EvaluationRequest>> outcome() {
    return problems.isEmpty()
        ? Outcome.success(List.copyOf(requests))
        : new Outcome.Violation<>(problems);
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
