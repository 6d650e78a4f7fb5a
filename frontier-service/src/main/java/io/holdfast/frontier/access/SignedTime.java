package io.holdfast.frontier.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A moment with a signature (HMAC-SHA256) that only who knows the secret can make. */
final class SignedTime {

  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;

  /**
   * @param purpose keeps signatures of one purpose from being good for another
   */
  SignedTime(String secret, String purpose) {
    this.key = mac(secret.getBytes(StandardCharsets.UTF_8), purpose);
  }

  String sign(Instant moment) {
    String text = Long.toString(moment.getEpochSecond());
    return text + "." + signature(text);
  }

  /** Whether it was signed here, and is later than now. */
  boolean isAfter(String signed, Instant now) {
    int dot = signed.indexOf('.');
    if (dot < 0) {
      return false;
    }
    String text = signed.substring(0, dot);
    boolean ours =
        MessageDigest.isEqual(
            signature(text).getBytes(StandardCharsets.UTF_8),
            signed.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
    return ours && now.getEpochSecond() < Long.parseLong(text);
  }

  private String signature(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, text));
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
