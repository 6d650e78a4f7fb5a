package io.holdfast.task.client;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskSplit;

/** What a service's answers get wrong, beyond their JSON. */
final class AnswerProblems {

  private AnswerProblems() {}

  static Problem redirect(String resource, int status) {
    return in(
        resource,
        "task-redirect",
        status,
        "The service redirects, and redirects are not followed.",
        "Answer at the address itself.");
  }

  static Problem status(String resource, int status, String said) {
    return in(
        resource,
        "task-refused",
        status,
        "The service refuses with this status" + (said.isBlank() ? "." : " and says: " + said),
        "Answer 200, or 5xx when it may pass.");
  }

  static Problem contentType(String resource, String found, String expected) {
    return in(
        resource,
        "task-wrong-content-type",
        found.isEmpty() ? null : found,
        "The content type is not " + expected + ".",
        "Send Content-Type: " + expected + ".");
  }

  static Problem encoded(String resource, String encoding) {
    return in(
        resource,
        "task-encoded",
        encoding,
        "The body is encoded, which was not asked for.",
        "Send it as it is, without Content-Encoding.");
  }

  static Problem bodyTooLong(String resource, long limit) {
    return in(
        resource,
        "task-too-large",
        null,
        "The body is longer than %,d bytes.".formatted(limit),
        "Send less.");
  }

  static Problem splitTooLarge(TaskSplit split, String what, long found, long limit) {
    return in(
        split.path(),
        "task-too-large",
        found,
        "The split has more %s than the %,d that are allowed.".formatted(what, limit),
        "Make the split smaller, or ask for the limit to be raised.");
  }

  static Problem lineTooLong(TaskSplit split, long line, long limit) {
    return in(
        split.path(),
        line,
        "task-line-too-long",
        null,
        "The line is longer than %,d bytes.".formatted(limit),
        "Divide it.");
  }

  static Problem moreThanDescribed(TaskSplit split) {
    return in(
        split.path(),
        "task-split-long",
        null,
        "More comes than the %,d lines and %,d bytes of the description."
            .formatted(split.lines(), split.bytes()),
        "Describe what is sent: another content is another version.");
  }

  static Problem fewerThanDescribed(TaskSplit split, long lines) {
    return in(
        split.path(),
        "task-split-short",
        lines,
        "The stream ends after so many lines; the description says %,d.".formatted(split.lines()),
        "Send every line, each ended by a line feed.");
  }

  static Problem wrongHash(TaskSplit split, String found) {
    return in(
        split.path(),
        "task-wrong-hash",
        found,
        "The bytes have this SHA-256; the description says %s.".formatted(split.sha256()),
        "Describe what is sent: another content is another version.");
  }

  static Problem notUtf8(TaskSplit split, long line) {
    return in(split.path(), line, "task-not-utf8", null, "The line is not UTF-8.", "Encode it so.");
  }

  static Problem duplicateId(TaskSplit split, long line, String id) {
    return in(
        split.path(),
        line,
        "task-duplicate",
        id,
        "This id is there twice.",
        "Give each request of a split an id of its own.");
  }

  static Problem in(String resource, String code, Object value, String message, String remedy) {
    return in(resource, null, code, value, message, remedy);
  }

  private static Problem in(
      String resource, Long line, String code, Object value, String message, String remedy) {
    return new Problem(
        code,
        "$",
        line == null ? null : Math.toIntExact(line),
        value == null ? null : String.valueOf(value),
        message,
        remedy,
        resource);
  }
}
