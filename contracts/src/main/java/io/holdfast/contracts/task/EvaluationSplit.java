package io.holdfast.contracts.task;

/**
 * Requests to evaluate a model with, streamed by {@code GET requests/{name}?offset=n}.
 *
 * @param name unique among the task's evaluation splits
 * @param requests how many, one a line
 * @param bytes UTF-8 bytes of all lines, each with its line feed
 * @param sha256 of those bytes
 */
public record EvaluationSplit(String name, long requests, long bytes, String sha256)
    implements TaskSplit {

  public EvaluationSplit {
    new Expectations()
        .that(
            TaskName.isName(name),
            "name",
            "task-bad-name",
            name,
            "This is not a name.",
            TaskName.NAME_RULE)
        .positive(requests, "requests")
        .positive(bytes, "bytes")
        .sha256(sha256, "sha256")
        .orThrow();
  }

  @Override
  public long lines() {
    return requests;
  }

  @Override
  public String path() {
    return "requests/" + name;
  }
}
