package io.holdfast.data.corpus;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decoding that tells where text stops being UTF-8. */
final class Utf8 {

  private static final int BYTE_ORDER_MARK = 3;

  private Utf8() {}

  /** What decoding came to. */
  sealed interface Decoded {
    record Text(String text) implements Decoded {}

    /** The first octet that belongs to no character, counted from the first decoded byte. */
    record Malformed(int at) implements Decoded {}
  }

  static Decoded decode(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    // The fast decoder replaces what is malformed; only then is it worth looking where.
    return text.indexOf('\uFFFD') < 0
        ? new Decoded.Text(text)
        : strictly(bytes, from, length, text);
  }

  private static Decoded strictly(byte[] bytes, int from, int length, String text) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, length);
    CharBuffer out = CharBuffer.allocate(length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    return result.isError() ? new Decoded.Malformed(in.position() - from) : new Decoded.Text(text);
  }

  /** Bytes to skip at the start of a file: a UTF-8 byte order mark is no text. */
  static int markLength(byte[] bytes, int length) {
    boolean marked =
        length >= BYTE_ORDER_MARK
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return marked ? BYTE_ORDER_MARK : 0;
  }

  /** Whether every surrogate has its other half, so that the text can be encoded. */
  static boolean encodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
