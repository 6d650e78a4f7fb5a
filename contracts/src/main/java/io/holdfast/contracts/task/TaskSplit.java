package io.holdfast.contracts.task;

/** Lines that a task streams: training documents or evaluation requests. */
public sealed interface TaskSplit permits TrainingSplit, EvaluationSplit {

  String name();

  /** How many lines there are. */
  long lines();

  /** UTF-8 bytes of all lines, each with its line feed. */
  long bytes();

  /** SHA-256 of those bytes. */
  String sha256();

  /** Path of the stream below the service's address. */
  String path();
}
