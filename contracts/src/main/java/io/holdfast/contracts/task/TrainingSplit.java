package io.holdfast.contracts.task;

/**
 * Documents to train on, streamed by {@code GET documents/{name}?offset=n}.
 *
 * @param name unique among the task's training splits
 * @param documents how many, one a line
 * @param bytes UTF-8 bytes of all lines, each with its line feed
 * @param sha256 of those bytes
 */
public record TrainingSplit(String name, long documents, long bytes, String sha256)
    implements TaskSplit {

  public TrainingSplit {
    new Expectations()
        .that(
            TaskName.isName(name),
            "name",
            "task-bad-name",
            name,
            "This is not a name.",
            TaskName.NAME_RULE)
        .positive(documents, "documents")
        .positive(bytes, "bytes")
        .sha256(sha256, "sha256")
        .orThrow();
  }

  @Override
  public long lines() {
    return documents;
  }

  @Override
  public String path() {
    return "documents/" + name;
  }
}
