package io.holdfast.task.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Counts and hashes the lines that were taken so far. */
final class SplitHash {

  private final MessageDigest digest;
  private long lines;
  private long bytes;

  SplitHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Adds a line without its line feed. */
  void add(byte[] line) {
    digest.update(line);
    digest.update((byte) '\n');
    lines++;
    bytes += line.length + 1L;
  }

  long lines() {
    return lines;
  }

  /** With line feeds. */
  long bytes() {
    return bytes;
  }

  /** Of everything so far; ends the counting. */
  byte[] sha256() {
    return digest.digest();
  }
}
