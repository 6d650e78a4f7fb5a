package io.holdfast.kit.work;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.nio.charset.StandardCharsets;

/** A row's data is the id of its submission, as text. */
final class SubmissionSerializer implements Serializer {

  static byte[] bytes(String submission) {
    return submission.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] serialize(Object data) {
    return data == null ? null : bytes((String) data);
  }

  @Override
  public <T> T deserialize(Class<T> type, byte[] data) {
    return data == null ? null : type.cast(new String(data, StandardCharsets.UTF_8));
  }
}
