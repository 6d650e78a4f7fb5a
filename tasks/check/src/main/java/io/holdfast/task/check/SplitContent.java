package io.holdfast.task.check;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.TaskDocument;
import io.holdfast.contracts.task.TaskJson;
import io.holdfast.contracts.task.TaskSplit;
import io.holdfast.contracts.task.TrainingSplit;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads every line of a split, and keeps of it what later checks need. */
final class SplitContent {

  private static final int SAMPLE = 64;
  private static final int TAIL_BYTES = 64 << 10;

  private final TaskSplit split;
  private final Findings findings;
  private final Map<String, Long> kinds = new TreeMap<>();
  private final Set<String> groups = new HashSet<>();
  private final Set<String> ids = new HashSet<>();
  private final List<EvaluationRequest> sample = new ArrayList<>();
  private final Deque<String> tail = new ArrayDeque<>();
  private long tailCharacters;
  private long withoutReference;

  SplitContent(TaskSplit split, Findings findings) {
    this.split = split;
    this.findings = findings;
  }

  void line(long number, byte[] bytes) {
    try {
      String line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      keepTail(line);
      if (split instanceof TrainingSplit) {
        document(TaskJson.document(line));
      } else {
        request(number, TaskJson.request(line));
      }
    } catch (CharacterCodingException e) {
      add(number, "task-not-utf8", null, "The line is not UTF-8.", "Encode it so.");
    } catch (InvalidInputException e) {
      TaskJson.placed(e.problems(), split.path(), Math.toIntExact(number)).forEach(findings::add);
    }
  }

  CheckReport.SplitSummary summary() {
    return new CheckReport.SplitSummary(
        split.path(), split.lines(), split.bytes(), kinds, groups.size());
  }

  TaskSplit split() {
    return split;
  }

  Set<String> groups() {
    return groups;
  }

  /** Names of the kinds or forms that occur. */
  Set<String> kinds() {
    return kinds.keySet();
  }

  /** Some requests, from the beginning. */
  List<EvaluationRequest> sample() {
    return sample;
  }

  /** The last lines. */
  List<String> tail() {
    return List.copyOf(tail);
  }

  /** Generations that no built-in metric can judge. */
  long withoutReference() {
    return withoutReference;
  }

  private void document(TaskDocument document) {
    String form =
        switch (document) {
          case TaskDocument.Text text -> "text";
          case TaskDocument.Pair pair -> "prompt and completion";
          case TaskDocument.Conversation conversation -> "messages";
        };
    count(form, document.group());
  }

  private void request(long number, EvaluationRequest request) {
    count(request.kind().name().toLowerCase(Locale.ROOT), request.group());
    boolean known = !ids.add(request.id());
    if (known) {
      add(
          number,
          "task-duplicate",
          request.id(),
          "This id is there twice.",
          "Give each request of a split an id of its own.");
    }
    if (request instanceof EvaluationRequest.GenerateUntil generation
        && generation.references().isEmpty()) {
      withoutReference++;
    }
    if (!known && sample.size() < SAMPLE) {
      sample.add(request);
    }
  }

  private void count(String kind, String group) {
    kinds.merge(kind, 1L, Long::sum);
    if (group != null) {
      groups.add(group);
    }
  }

  private void keepTail(String line) {
    tail.add(line);
    tailCharacters += line.length();
    while (tail.size() > 1 && tailCharacters > TAIL_BYTES) {
      tailCharacters -= tail.remove().length();
    }
  }

  private void add(long line, String code, String value, String message, String remedy) {
    findings.add(
        new Problem(code, "$", Math.toIntExact(line), value, message, remedy, split.path()));
  }
}
