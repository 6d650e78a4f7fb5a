package io.holdfast.task.check;

import io.holdfast.task.client.RawAnswer;
import io.holdfast.task.client.TaskClient;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a stream goes on at any line: a cut download depends on it. */
final class OffsetCheck {

  private final TaskClient client;
  private final URI base;
  private final Findings findings;

  OffsetCheck(TaskClient client, URI base, Findings findings) {
    this.client = client;
    this.base = base;
    this.findings = findings;
  }

  /** Asks for the last lines, the last line, and nothing. */
  void check(SplitContent content) throws InterruptedException {
    List<String> tail = content.tail();
    long lines = content.split().lines();
    expect(content, lines - tail.size(), tail);
    if (tail.size() > 1) {
      expect(content, lines - 1, tail.subList(tail.size() - 1, tail.size()));
    }
    expect(content, lines, List.of());
  }

  private void expect(SplitContent content, long offset, List<String> lines)
      throws InterruptedException {
    String stream = content.split().path();
    String resource = stream + "?offset=" + offset;
    RawAnswer answer = findings.value(stream, client.ask(base, resource, null)).orElse(null);
    if (answer == null) {
      return;
    }
    String expected = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    if (answer.status() != 200 || !answer.body().equals(expected)) {
      findings.add(
          stream,
          "task-wrong-offset",
          "offset=" + offset,
          answer.status() == 200
              ? "This gives %,d lines, and not the %,d that follow line %,d of the whole stream."
                  .formatted(answer.body().lines().count(), lines.size(), offset)
              : "This gives status " + answer.status() + ".",
          lines.isEmpty()
              ? "Give 200 and nothing at the end of the stream."
              : "Leave out the first so many lines, and give the same bytes from there on.");
    }
  }
}
