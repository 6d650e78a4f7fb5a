package io.holdfast.frontier.submission;

/** data-service did not answer, or not as agreed; the study may be right. */
public final class DataServiceUnavailableException extends RuntimeException {
  DataServiceUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
