package io.holdfast.kit.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that are shown as they are: {@code hf_} and 256 random bits. */
public final class Token {

  /** What those that we make start with, so that scanners of secrets find them. */
  public static final String PREFIX = "hf_";

  /** Fewer characters can be guessed, or found from a session that was signed with them. */
  public static final int MIN_CHARACTERS = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Token() {}

  /** A new one. */
  public static String random() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

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
