package io.holdfast.kit.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LosslessTextDeserializerTest {

  private final LosslessTextDeserializer deserializer = new LosslessTextDeserializer();

  @Test
  void utf8TextIsReadAsItIs() {
    assertThat(text("{\"name\":\"Größe 𝄞\"}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("{\"name\":\"Größe 𝄞\"}");
    assertThat(text(new byte[0])).isEmpty();
    assertThat(text(null)).isNull();
  }

  @Test
  void bytesThatAreNoTextSurviveTheRoundTrip() {
    long seed = 20261101;
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      assertThat(LosslessTextDeserializer.bytesOf(text(bytes)))
          .as("seed %d", seed)
          .isEqualTo(bytes);
    }
    byte[] startsWithTheMarker = {0, 'a'};
    assertThat(LosslessTextDeserializer.bytesOf(text(startsWithTheMarker)))
        .isEqualTo(startsWithTheMarker);
  }

  private String text(byte[] bytes) {
    return deserializer.deserialize("any", bytes);
  }
}
