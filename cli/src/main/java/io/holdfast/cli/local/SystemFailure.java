package io.holdfast.cli.local;

/** The local system cannot do what it was asked; the message is for the user. */
public final class SystemFailure extends RuntimeException {
  public SystemFailure(String message) {
    super(message);
  }

  SystemFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
