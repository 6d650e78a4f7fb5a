package io.holdfast.data.corpus;

import io.holdfast.contracts.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The hashes of a document from which its split, its order and the corpus's identity follow. Split
 * and order are those of its text, whatever of it is learned. Changing anything here changes every
 * corpus id; raise {@link CorpusSplit#VERSION} with it.
 */
public final class DocumentKey {

  private static final byte[] GROUP_SALT = "holdfast group 1\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TEXT_SALT = "holdfast text 1\n".getBytes(StandardCharsets.UTF_8);

  private final byte[] group;
  private final byte[] text;
  private final int bytes;

  private DocumentKey(byte[] group, byte[] text, int bytes) {
    this.group = group;
    this.text = text;
    this.bytes = bytes;
  }

  /** Hashes a document: SHA-256(group salt + group) and SHA-256(text salt + text). */
  public static DocumentKey of(Document document) {
    byte[] text = document.text().getBytes(StandardCharsets.UTF_8);
    byte[] group =
        document.group().equals(document.text())
            ? text
            : document.group().getBytes(StandardCharsets.UTF_8);
    byte[] hash = sha256(TEXT_SALT, text);
    return new DocumentKey(
        sha256(GROUP_SALT, group),
        document.isPlain() ? hash : withForm(hash, document.form()),
        text.length);
  }

  /** Tells equal texts of different forms apart; the first eight bytes order, and stay. */
  private static byte[] withForm(byte[] hash, Form form) {
    byte[] both = sha256(hash, Json.write(form).getBytes(StandardCharsets.UTF_8));
    System.arraycopy(hash, 0, both, 0, Long.BYTES);
    return both;
  }

  /** The group's point in [0, 1): 53 uniform bits. */
  public double splitPoint() {
    return (ByteBuffer.wrap(group).getLong() >>> 11) * 0x1.0p-53;
  }

  /** The document's position within its split. */
  public OrderKey order() {
    ByteBuffer bits = ByteBuffer.wrap(text);
    return new OrderKey(bits.getLong(), bits.getLong());
  }

  /** UTF-8 bytes of the text. */
  public int bytes() {
    return bytes;
  }

  /** 32 bytes that identify text and group together. */
  byte[] fingerprint() {
    return sha256(group, text);
  }

  static byte[] sha256(byte[]... parts) {
    MessageDigest digest = newSha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DocumentKey that
        && Arrays.equals(group, that.group)
        && Arrays.equals(text, that.text);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(text);
  }
}
