package io.holdfast.kit.events;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * UTF-8 text. Bytes that are none are not replaced but escaped, one character each behind a marker,
 * so that a record nobody can read still reaches the dead-letter topic byte for byte.
 */
public final class LosslessTextDeserializer implements Deserializer<String> {

  /** A character that no JSON text starts with. */
  private static final char NOT_UTF8 = '\u0000';

  @Override
  public String deserialize(String topic, byte[] data) {
    if (data == null) {
      return null;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
      return text.isEmpty() || text.charAt(0) != NOT_UTF8 ? text : escape(data);
    } catch (CharacterCodingException notUtf8) {
      return escape(data);
    }
  }

  /** The bytes that {@link #deserialize} was given. */
  static byte[] bytesOf(String text) {
    if (text == null) {
      return null;
    }
    return isEscaped(text)
        ? text.substring(1).getBytes(StandardCharsets.ISO_8859_1)
        : text.getBytes(StandardCharsets.UTF_8);
  }

  static boolean isEscaped(String text) {
    return !text.isEmpty() && text.charAt(0) == NOT_UTF8;
  }

  private static String escape(byte[] data) {
    return NOT_UTF8 + new String(data, StandardCharsets.ISO_8859_1);
  }
}
