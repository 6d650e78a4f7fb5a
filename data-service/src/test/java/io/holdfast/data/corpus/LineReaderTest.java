package io.holdfast.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LineReaderTest {

  private record Line(long number, long offset, String text) {}

  /** Against splitting the whole text at once. */
  @Property(tries = 200)
  void agreesWithASplitOfTheWholeTextHoweverTheStreamIsCut(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 300) int limit) throws IOException {
    String text = text(random);
    List<Line> expected = new ArrayList<>();
    long offset = 0;
    for (String line : text.split("(?<=\n)")) {
      String content = line.replace("\n", "");
      if (!line.isEmpty()) {
        expected.add(
            new Line(expected.size() + 1L, offset, content.length() > limit ? null : content));
      }
      offset += line.length();
    }
    assertThat(read(text, limit, random)).isEqualTo(expected);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int lines = random.nextInt(20);
    for (int i = 0; i < lines; i++) {
      text.append("x".repeat(random.nextInt(random.nextInt(400) + 1))).append('\n');
    }
    return text.append("y".repeat(random.nextInt(3))).toString();
  }

  private static List<Line> read(String text, int limit, Random random) throws IOException {
    LineReader reader =
        new LineReader(
            choppy(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), random),
            limit,
            0);
    List<Line> lines = new ArrayList<>();
    while (reader.next()) {
      String content = new String(reader.bytes(), 0, reader.length(), StandardCharsets.US_ASCII);
      lines.add(new Line(reader.number(), reader.offset(), reader.tooLong() ? null : content));
    }
    return lines;
  }

  /** Gives a few bytes at a time, as a decompressor may. */
  private static InputStream choppy(InputStream whole, Random random) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return whole.read();
      }

      @Override
      public int read(byte[] to, int from, int length) throws IOException {
        return whole.read(to, from, Math.min(length, 1 + random.nextInt(50)));
      }
    };
  }
}
