package io.holdfast.data.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * GPT-2's printable stand-ins for the 256 bytes, in which the vocabulary of a byte-level {@code
 * tokenizer.json} is spelt: printable Latin-1 stands for itself, the other 68 bytes for U+0100 to
 * U+0143 in order.
 */
public final class ByteSymbols {

  private static final char[] SYMBOL = new char[256];

  static {
    int next = 0x100;
    for (int b = 0; b < 256; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
      SYMBOL[b] = (char) (printable ? b : next++);
    }
  }

  private ByteSymbols() {}

  /** The stand-in of one byte. */
  public static char of(byte value) {
    return SYMBOL[value & 0xFF];
  }

  /** A text's UTF-8 bytes, each as its stand-in. */
  public static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder symbols = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      symbols.append(of(b));
    }
    return symbols.toString();
  }

  /** All 256 stand-ins in the order of their code points, as Hugging Face numbers them. */
  public static List<String> alphabet() {
    return IntStream.range(0, 256)
        .map(b -> SYMBOL[b])
        .sorted()
        .mapToObj(Character::toString)
        .toList();
  }
}
