package io.holdfast.task.check;

/** What a service under test gets wrong, and what the check must then say of which place. */
enum Fault {
  UNHEALTHY("task-refused", "health"),
  OTHER_HASH("task-wrong-hash", "documents/train"),
  FEWER_DOCUMENTS("task-split-short", "documents/train"),
  OFFSET_IGNORED("task-wrong-offset", "documents/train"),
  OFFSET_FROM_ONE("task-wrong-offset", "documents/train"),
  END_REFUSED("task-wrong-offset", "documents/train"),
  BAD_OFFSET_TAKEN("task-not-refused", "documents/train?offset=first"),
  UNKNOWN_SPLIT_EMPTY("task-not-refused", "documents/no-such-split?offset=0"),
  REFUSAL_UNEXPLAINED("task-refusal-unexplained", "documents/no-such-split?offset=0"),
  DUPLICATE_ID("task-duplicate", "requests/test"),
  BROKEN_LINE("task-broken-json", "requests/test"),
  NO_REFERENCES("task-no-reference", "requests/test"),
  KIND_WITHOUT_METRIC("task-kind-without-metric", "requests/test"),
  METRIC_WITHOUT_REQUESTS("task-metric-without-requests", "task"),
  WRONG_CONTENT_TYPE("task-wrong-content-type", "documents/train"),
  SCORE_BY_BATCH("task-score-changes", "score"),
  SCORE_BY_CALL("task-score-changes", "score"),
  SCORE_MISSING("task-score-missing", "score"),
  SCORE_UNKNOWN_METRIC("task-wrong-metrics", "score"),
  UNKNOWN_ID_SCORED("task-not-refused", "score"),
  ONE_AT_A_TIME("task-not-concurrent", "documents/train"),
  DESCRIPTION_CHANGES("task-description-changes", "task");

  private final String code;
  private final String place;

  Fault(String code, String place) {
    this.code = code;
    this.place = place;
  }

  String code() {
    return code;
  }

  String place() {
    return place;
  }
}
