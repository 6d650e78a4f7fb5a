package io.holdfast.task.factbook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A split's lines as the bytes that are sent. */
final class Lines {

  private final byte[] content;

  /** Where each line begins; then the end. */
  private final int[] starts;

  Lines(List<String> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    starts = new int[lines.size() + 1];
    for (int i = 0; i < lines.size(); i++) {
      bytes.writeBytes((lines.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
      starts[i + 1] = bytes.size();
    }
    content = bytes.toByteArray();
  }

  int count() {
    return starts.length - 1;
  }

  int bytes() {
    return content.length;
  }

  /** All from a line on, counted from 0. */
  InputStream from(int line) {
    return new ByteArrayInputStream(content, starts[line], content.length - starts[line]);
  }

  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
