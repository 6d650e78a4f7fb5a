package io.holdfast.kit.security;

import io.holdfast.contracts.access.AccessToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What is done with an {@link AccessToken}. */
public final class Token {

  private Token() {}

  /** What is stored of a token. It needs no salt: nobody guesses 256 random bits. */
  public static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether both are the same, in a time that tells nothing about either. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(sha256(one), sha256(other));
  }
}
