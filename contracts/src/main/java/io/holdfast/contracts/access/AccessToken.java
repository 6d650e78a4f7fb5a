package io.holdfast.contracts.access;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that are shown as they are to be let in: {@code hf_} and 256 random bits. */
public final class AccessToken {

  /** What those that we make start with, so that scanners of secrets find them. */
  public static final String PREFIX = "hf_";

  /** Fewer characters can be guessed, or found from a session that was signed with them. */
  public static final int MIN_CHARACTERS = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private AccessToken() {}

  /** A new one. */
  public static String random() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
