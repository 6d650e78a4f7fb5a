package io.holdfast.task.client;

/** Takes the lines of a split, in their order, each once. What it takes is not verified yet. */
public interface LineSink {

  /**
   * Takes a line.
   *
   * @param number from 1
   * @param line its bytes, without the line feed
   */
  void accept(long number, byte[] line);
}
