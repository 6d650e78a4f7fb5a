package io.holdfast.lm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  @TempDir Path directory;

  @Test
  void roundTripsAnyShape() {
    float[] matrix = new float[700_000];
    Random random = new Random(1);
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = Float.intBitsToFloat(random.nextInt());
    }
    Path file = directory.resolve("a.safetensors");
    SafetensorsWriter.write(
        file,
        List.of(
            NamedTensor.of("z", List.of(700L, 1_000L), matrix),
            NamedTensor.of("scalar", List.of(), new float[] {-0.0f}),
            NamedTensor.of("none", List.of(0L, 5L), new float[0])),
        Map.of("format", "pt"));

    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.names()).containsExactlyInAnyOrder("none", "scalar", "z");
      assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
      assertThat(bits(read.floats("z", List.of(700L, 1_000L)))).isEqualTo(bits(matrix));
      assertThat(bits(read.floats("scalar"))).containsExactly(Float.floatToRawIntBits(-0.0f));
      assertThat(read.floats("none")).isEmpty();
    }
  }

  /** The layout of the format's own description, written out by hand. */
  @Test
  void writesTheFormatsBytes() throws IOException {
    Path file = directory.resolve("b.safetensors");
    SafetensorsWriter.write(
        file,
        List.of(
            NamedTensor.of("b", List.of(2L), new float[] {1f, -2f}),
            NamedTensor.of("a", List.of(1L, 1L), new float[] {0.5f})),
        Map.of());

    String header =
        "{\"a\":{\"data_offsets\":[0,4],\"dtype\":\"F32\",\"shape\":[1,1]},"
            + "\"b\":{\"data_offsets\":[4,12],\"dtype\":\"F32\",\"shape\":[2]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(buffer.getLong()).isEqualTo(padded.length());
    assertThat(new String(bytes, 8, padded.length(), StandardCharsets.UTF_8)).isEqualTo(padded);
    assertThat(HexFormat.of().formatHex(bytes, 8 + padded.length(), bytes.length))
        .isEqualTo("0000003f" + "0000803f" + "000000c0");
  }

  @Test
  void widensHalfPrecisionExactly() throws IOException {
    // bf16 1.5 = 3fc0, -2 = c000; f16 1.5 = 3e00, smallest subnormal = 0001.
    Path file =
        write(
            "{\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]},"
                + "\"i\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,16]}}",
            "c03f00c0" + "003e0100" + "0000000000000000");
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.floats("b")).containsExactly(1.5f, -2f);
      assertThat(read.floats("h")).containsExactly(1.5f, 0x1p-24f);
      assertThatThrownBy(() -> read.floats("i"))
          .isInstanceOf(UnusableArtifactException.class)
          .hasMessageContaining("I64");
      assertThatThrownBy(() -> read.floats("absent")).hasMessageContaining("absent");
      assertThatThrownBy(() -> read.floats("b", List.of(1L, 2L))).hasMessageContaining("[1, 2]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          not json                                                                   | not valid
          []                                                                         | START_OBJECT
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}                      | not valid
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} {}                  | goes on
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}} | Duplicate
          {"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}                     | F31
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}                     | wants 8
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}                     | wants 4
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                     | begins at byte 4
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}               | unknown field x
          {"a":{"dtype":"F32","shape":[1]}}                                          | lacks
          {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}                    | negative
          {"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}                   | VALUE_NUMBER_INT
          {"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}} | beyond 2^63
          {"a":{"dtype":"F32","shape":[92233720368547758080],"data_offsets":[0,0]}}  | not valid
          {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}} | begins at byte 2
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}} | begins at byte 2
          {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}                      | cover 3 bytes
          {"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}                      | cover 5 bytes
          {"__metadata__":{"a":1}}                                                   | __metadata__.a
          {"a":[[[[[[1]]]]]]}                                                        | START_OBJECT
          """)
  void refusesALyingHeader(String header, String why) throws IOException {
    Path file = write(header, "00000000");
    assertThatThrownBy(() -> Safetensors.open(file).close())
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(file.toString());
  }

  @Test
  void refusesALyingLengthWithoutAllocatingIt() throws IOException {
    Path file = directory.resolve("length.safetensors");
    for (long length : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 40, 100, 9}) {
      ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
      Files.write(file, bytes.putLong(length).array());
      assertThatThrownBy(() -> Safetensors.open(file).close())
          .as("length %d", length)
          .isInstanceOf(UnusableArtifactException.class);
    }
    Files.write(file, new byte[7]);
    assertThatThrownBy(() -> Safetensors.open(file).close())
        .isInstanceOf(UnusableArtifactException.class);
  }

  @Test
  void refusesMoreTensorsThanAnyModelHas() throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 200_000; i++) {
      header.append(
          "\"t%d\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},".formatted(i));
    }
    header.setCharAt(header.length() - 1, '}');
    Path file = write(header.toString(), "");
    assertThatThrownBy(() -> Safetensors.open(file).close())
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("100000 tensors");
  }

  @Test
  void refusesValuesThatDoNotFillTheirShape() {
    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(
                    directory.resolve("c"),
                    List.of(NamedTensor.of("a", List.of(3L), new float[2])),
                    Map.of()))
        .hasMessageContaining("2 values");
    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(
                    directory.resolve("d"),
                    List.of(
                        NamedTensor.of("a", List.of(1L), new float[1]),
                        NamedTensor.of("a", List.of(1L), new float[1])),
                    Map.of()))
        .hasMessageContaining("two tensors are called a");
  }

  private Path write(String header, String dataHex) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] data = HexFormat.of().parseHex(dataHex);
    Path file = directory.resolve("hand.safetensors");
    Files.write(
        file,
        ByteBuffer.allocate(8 + json.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .put(data)
            .array());
    return file;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
