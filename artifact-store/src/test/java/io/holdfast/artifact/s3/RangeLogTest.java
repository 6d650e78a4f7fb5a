package io.holdfast.artifact.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeLogTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("model.ranges");
    try (RangeLog log = RangeLog.open(file, "etag 100 10")) {
      log.add(3, 5);
      log.add(0, 10);
      log.add(3, 7);
    }
  }

  @Test
  void anotherProcessKnowsWhatIsHere() throws IOException {
    try (RangeLog again = RangeLog.open(file, "etag 100 10")) {
      assertThat(again.bytes(0)).isEqualTo(10);
      assertThat(again.bytes(3)).isEqualTo(7);
      assertThat(again.bytes(1)).isZero();
    }
  }

  @Test
  void aLineThatWasCutIsDroppedAndOverwritten() throws IOException {
    Files.writeString(file, "1 1", StandardOpenOption.APPEND);
    try (RangeLog again = RangeLog.open(file, "etag 100 10")) {
      assertThat(again.bytes(1)).isZero();
      again.add(2, 4);
    }
    assertThat(file).content().endsWith("3 7\n2 4\n");
  }

  @Test
  void aLogOfOtherBytesIsBegunAnew() throws IOException {
    try (RangeLog other = RangeLog.open(file, "another 100 10")) {
      assertThat(other.bytes(0)).isZero();
    }
    assertThat(file).hasContent("another 100 10");
  }
}
