package io.holdfast.task.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.task.TrainingSplit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cut connection costs what was under way, nothing else. */
class ResumedStreamTest {

  private static final TaskLimits LIMITS =
      new TaskLimits(
          1 << 20,
          1000,
          1000,
          10_000,
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          1,
          Duration.ofSeconds(20),
          2,
          Duration.ofMillis(10));

  private final List<String> lines = Splits.documents(100);
  private final TrainingSplit split = Splits.training(lines);

  @Test
  void goesOnAtTheLineThatWasCut() throws Exception {
    List<String> taken = new ArrayList<>();
    try (RawServer server = cuttingAfter(517);
        TaskClient client = client()) {
      Outcome<Long> outcome =
          client.lines(
              server.base(),
              split,
              (n, line) -> taken.add(new String(line, StandardCharsets.UTF_8)));

      assertThat(outcome).isEqualTo(Outcome.success(100L));
      assertThat(taken).isEqualTo(lines);
      assertThat(server.requests()).hasSizeGreaterThan(3);
      // 10 lines of 24 bytes and 11 of 25 are whole among the first 517 bytes.
      assertThat(server.requests().get(1)).startsWith("/documents/train?offset=21 ");
    }
  }

  @Test
  void downloadGoesOnInAnotherProcess(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a/train.ndjson");
    try (RawServer server = dyingAfterFirst(600);
        TaskClient client = client()) {
      assertThat(client.download(server.base(), split, file))
          .isInstanceOf(Outcome.Unreachable.class);
    }
    assertThat(file).doesNotExist();

    try (RawServer server = whole();
        TaskClient client = client()) {
      assertThat(client.download(server.base(), split, file)).isEqualTo(Outcome.success(file));
      assertThat(file).hasContent(Splits.text(lines, 0));
      // 10 lines of 24 bytes and 14 of 25 are whole among the first 600 bytes.
      assertThat(server.requests().getFirst()).startsWith("/documents/train?offset=24 ");
      assertThat(client.download(server.base(), split, file)).isEqualTo(Outcome.success(file));
      assertThat(server.requests()).as("what is there is not asked for").hasSize(1);
    }
  }

  @Test
  void whatAnEarlierTryLeftBrokenIsNotTheServicesFault(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("train.ndjson");
    Files.writeString(folder.resolve("train.ndjson.part"), "{\"text\": \"damaged\"}\nand ha");
    try (RawServer server = whole();
        TaskClient client = client()) {
      assertThat(client.download(server.base(), split, file)).isEqualTo(Outcome.success(file));
      assertThat(file).hasContent(Splits.text(lines, 0));
    }
  }

  @Test
  void errorsOfTheServiceMayPass() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (RawServer server =
            new RawServer(
                (target, out) -> {
                  if (calls.incrementAndGet() == 1) {
                    RawServer.head(out, 503, "text/plain", "");
                  } else {
                    RawServer.head(out, 200, "application/x-ndjson", "");
                    RawServer.write(out, Splits.text(lines, Splits.offset(target)));
                  }
                });
        TaskClient client = client()) {
      assertThat(client.lines(server.base(), split, (n, line) -> {}))
          .isEqualTo(Outcome.success(100L));
    }
  }

  private RawServer cuttingAfter(int bytes) throws IOException {
    return new RawServer(
        (target, out) -> {
          byte[] rest = Splits.text(lines, Splits.offset(target)).getBytes(StandardCharsets.UTF_8);
          RawServer.head(
              out, 200, "application/x-ndjson", "Content-Length: " + rest.length + "\r\n");
          out.write(rest, 0, Math.min(bytes, rest.length));
        });
  }

  private RawServer dyingAfterFirst(int bytes) throws IOException {
    AtomicInteger calls = new AtomicInteger();
    return new RawServer(
        (target, out) -> {
          if (calls.incrementAndGet() == 1) {
            byte[] all = Splits.text(lines, 0).getBytes(StandardCharsets.UTF_8);
            RawServer.head(
                out, 200, "application/x-ndjson", "Content-Length: " + all.length + "\r\n");
            out.write(all, 0, bytes);
          }
        });
  }

  private RawServer whole() throws IOException {
    return new RawServer(
        (target, out) -> {
          RawServer.head(out, 200, "application/x-ndjson", "");
          RawServer.write(out, Splits.text(lines, Splits.offset(target)));
        });
  }

  private static TaskClient client() {
    return new TaskClient(
        new TaskAccess(List.of("*"), Set.of(AddressKind.LOOPBACK)),
        LIMITS,
        Resolver.SYSTEM,
        Trust.system());
  }
}
