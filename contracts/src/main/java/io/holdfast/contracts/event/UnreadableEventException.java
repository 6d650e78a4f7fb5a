package io.holdfast.contracts.event;

/** A record on a topic is not an event that this version understands. */
public final class UnreadableEventException extends RuntimeException {
  public UnreadableEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
