package io.holdfast.task.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.task.client.RawAnswer;
import io.holdfast.task.client.TaskClient;
import java.net.URI;

/** Whether what cannot be answered is refused, with a reason that a person can use. */
final class ErrorCheck {

  private final TaskClient client;
  private final URI base;
  private final Findings findings;

  ErrorCheck(TaskClient client, URI base, Findings findings) {
    this.client = client;
    this.base = base;
    this.findings = findings;
  }

  void check(TaskDescription description) throws InterruptedException {
    refuses("documents/no-such-split?offset=0", null, "an unknown split");
    refuses("requests/no-such-split?offset=0", null, "an unknown split");
    String stream =
        description.training().isEmpty()
            ? description.evaluation().getFirst().path()
            : description.training().getFirst().path();
    refuses(stream + "?offset=-1", null, "a negative offset");
    refuses(stream + "?offset=first", null, "an offset that is no number");
    if (description.scoresItself()) {
      String split = description.evaluation().getFirst().name();
      refuses("score", "{\"split\": ", "broken JSON");
      refuses(
          "score",
          "{\"split\": \"%s\", \"requests\": [{\"id\": \"no such id\", \"response\": \"\"}]}"
              .formatted(split),
          "an unknown id");
    }
  }

  private void refuses(String resource, String json, String what) throws InterruptedException {
    String stream = resource.split("\\?", 2)[0];
    RawAnswer answer = findings.value(stream, client.ask(base, resource, json)).orElse(null);
    if (answer == null) {
      return;
    }
    if (answer.status() < 400 || answer.status() >= 500) {
      findings.add(
          resource,
          "task-not-refused",
          answer.status(),
          "This is the answer to " + what + ".",
          "Answer 404 to what does not exist and 400 to what is no valid question.");
    } else if (!hasProblems(answer.body())) {
      findings.add(
          resource,
          "task-refusal-unexplained",
          answer.status(),
          "The refusal of " + what + " does not say what is wrong.",
          "Send {\"problems\": [{\"code\", \"path\", \"message\", \"remedy\"}]} as JSON.");
    }
  }

  private static boolean hasProblems(String body) {
    try {
      JsonNode problems = Json.read(body, JsonNode.class).path("problems");
      boolean all = problems.isArray() && !problems.isEmpty();
      for (JsonNode problem : problems) {
        all &=
            problem.path("code").isTextual()
                && problem.path("path").isTextual()
                && problem.path("message").isTextual()
                && problem.path("remedy").isTextual();
      }
      return all;
    } catch (IllegalArgumentException notJson) {
      return false;
    }
  }
}
