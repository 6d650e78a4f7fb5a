package io.holdfast.task.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TrainingSplit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that lies, stalls or floods gets a typed answer in bounded time and memory. */
@Timeout(20)
class HostileServiceTest {

  private static final String NDJSON = "application/x-ndjson";

  /** Times that a busy machine does not exceed by itself. */
  private static final TaskLimits LIMITS =
      limits(Duration.ofSeconds(10), Duration.ofSeconds(10), 100, Duration.ofSeconds(15));

  /** Times for services that are slow on purpose. */
  private static final TaskLimits BRIEF =
      limits(Duration.ofMillis(600), Duration.ofMillis(300), 100, Duration.ofSeconds(5));

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void redirectIsNotFollowed(int status) throws Exception {
    try (RawServer server =
            new RawServer(
                (target, out) ->
                    RawServer.head(
                        out,
                        status,
                        "text/html",
                        "Location: http://169.254.169.254/latest/meta-data/\r\n"));
        TaskClient client = client()) {
      assertThat(codes(client.describe(server.base()))).containsExactly("task-redirect");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void slowHeadEndsAtTheLimit() throws Exception {
    RawServer.Behaviour drip =
        (target, out) -> {
          RawServer.write(out, "HTTP/1.1 200 OK\r\n");
          for (int i = 0; i < 1000; i++) {
            RawServer.write(out, "X-" + i + ": a\r\n");
            Thread.sleep(20);
          }
        };
    try (RawServer server = new RawServer(drip);
        TaskClient client = client(BRIEF)) {
      assertUnreachable(client.describe(server.base()), "no answer within");
      assertThat(server.requests()).as("tried again, as it may pass").hasSize(2);
    }
  }

  @Test
  void slowBodyEndsAtTheLimit() throws Exception {
    RawServer.Behaviour drip =
        (target, out) -> {
          RawServer.head(out, 200, "application/json", "");
          for (int i = 0; i < 1000; i++) {
            RawServer.write(out, " ");
            Thread.sleep(20);
          }
        };
    try (RawServer server = new RawServer(drip);
        TaskClient client = client(BRIEF)) {
      assertUnreachable(client.describe(server.base()), "too slow");
    }
  }

  /** A byte now and then is no progress. */
  @Test
  void slowStreamIsCut() throws Exception {
    TrainingSplit split = Splits.training(Splits.documents(100));
    RawServer.Behaviour drip =
        (target, out) -> {
          RawServer.head(out, 200, NDJSON, "");
          for (int i = 0; i < 1000; i++) {
            RawServer.write(out, "x");
            Thread.sleep(20);
          }
        };
    try (RawServer server = new RawServer(drip);
        TaskClient client = client(BRIEF)) {
      assertUnreachable(client.lines(server.base(), split, (n, line) -> {}), "too slow");
    }
  }

  /** One line for each connection would be progress for ever; the whole has a limit too. */
  @Test
  void oneLineForEachConnectionEndsAtTheLimitOfTheWhole() throws Exception {
    List<String> lines = Splits.documents(1000);
    TrainingSplit split = Splits.training(lines);
    RawServer.Behaviour miser =
        (target, out) -> {
          RawServer.head(out, 200, NDJSON, "Content-Length: 100000\r\n");
          RawServer.write(out, lines.get(Splits.offset(target)) + "\n");
          Thread.sleep(100);
        };
    TaskLimits patient =
        limits(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, Duration.ofSeconds(1));
    try (RawServer server = new RawServer(miser);
        TaskClient client = client(patient)) {
      assertThat(client.lines(server.base(), split, (n, line) -> {}))
          .isInstanceOf(Outcome.Unreachable.class);
      assertThat(server.requests()).hasSizeBetween(2, 15);
    }
  }

  @Test
  void endlessLineIsRefusedAtItsLimit() throws Exception {
    TrainingSplit split = new TrainingSplit("train", 1, 1 << 20, "0".repeat(64));
    try (RawServer server = flood("x".repeat(100));
        TaskClient client = client()) {
      assertThat(codes(client.lines(server.base(), split, (n, line) -> {})))
          .containsExactly("task-line-too-long");
    }
  }

  @Test
  void endlessStreamIsRefusedAtItsDescribedBytes() throws Exception {
    List<String> lines = Splits.documents(10);
    AtomicLong taken = new AtomicLong();
    try (RawServer server = flood(lines.getFirst() + "\n");
        TaskClient client = client()) {
      assertThat(
              codes(
                  client.lines(
                      server.base(), Splits.training(lines), (n, line) -> taken.incrementAndGet())))
          .containsExactly("task-split-long");
      assertThat(taken.get()).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void splitBeyondTheLimitsIsNotAskedFor() throws Exception {
    try (RawServer server = flood("x");
        TaskClient client = client()) {
      assertThat(
              codes(
                  client.lines(
                      server.base(),
                      new TrainingSplit("train", 1, (1 << 20) + 1, "0".repeat(64)),
                      (n, line) -> {})))
          .containsExactly("task-too-large");
      assertThat(
              codes(
                  client.lines(
                      server.base(),
                      new TrainingSplit("train", 1001, 5000, "0".repeat(64)),
                      (n, line) -> {})))
          .containsExactly("task-too-large");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void endlessDescriptionIsRefused() throws Exception {
    try (RawServer server =
            new RawServer(
                (target, out) -> {
                  RawServer.head(out, 200, "application/json", "");
                  while (true) {
                    RawServer.write(out, " ".repeat(1000));
                  }
                });
        TaskClient client = client()) {
      assertThat(codes(client.describe(server.base()))).containsExactly("task-too-large");
    }
  }

  @Test
  void deepJsonIsRefused() throws Exception {
    try (RawServer server =
            answering("application/json", "", "{\"training\": " + "[".repeat(5000));
        TaskClient client = client()) {
      assertThat(codes(client.describe(server.base()))).containsExactly("task-too-large");
    }
  }

  @Test
  void compressedBodyIsRefusedUnread() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[10 << 20]);
    }
    try (RawServer server =
            new RawServer(
                (target, out) -> {
                  RawServer.head(out, 200, "application/json", "Content-Encoding: gzip\r\n");
                  out.write(bomb.toByteArray());
                });
        TaskClient client = client()) {
      assertThat(codes(client.describe(server.base()))).containsExactly("task-encoded");
    }
  }

  @Test
  void wrongContentTypeIsRefused() throws Exception {
    try (RawServer server = answering("text/html; charset=utf-8", "", "<html>");
        TaskClient client = client()) {
      assertThat(codes(client.describe(server.base()))).containsExactly("task-wrong-content-type");
      assertThat(
              codes(
                  client.lines(
                      server.base(), Splits.training(Splits.documents(1)), (n, line) -> {})))
          .containsExactly("task-wrong-content-type");
    }
  }

  @Test
  void wrongBytesAreFoundByTheirHash() throws Exception {
    List<String> lines = Splits.documents(10);
    String other = Splits.text(lines, 0).replace("Document 7", "Document 8");
    try (RawServer server = answering(NDJSON, "", other);
        TaskClient client = client()) {
      assertThat(codes(client.lines(server.base(), Splits.training(lines), (n, line) -> {})))
          .containsExactly("task-wrong-hash");
    }
  }

  @Test
  void missingLinesAndMissingLastLineFeedAreNamed() throws Exception {
    List<String> lines = Splits.documents(10);
    try (RawServer server =
            new RawServer(
                (target, out) -> {
                  RawServer.head(out, 200, NDJSON, "");
                  String rest = Splits.text(lines, Splits.offset(target));
                  RawServer.write(out, rest.stripTrailing());
                });
        TaskClient client = client()) {
      Outcome<Long> outcome = client.lines(server.base(), Splits.training(lines), (n, line) -> {});
      assertThat(codes(outcome)).containsExactly("task-split-short");
    }
  }

  @Test
  void duplicateIdsBrokenLinesAndWrongBytesAreNamedByLine() throws Exception {
    List<String> lines =
        List.of(
            "{\"kind\":\"loglikelihood_rolling\",\"id\":\"1\",\"text\":\"a\"}",
            "{\"kind\":\"loglikelihood_rolling\",\"id\":\"1\",\"text\":\"b\"}",
            "{\"kind\":\"loglikelihood_rolling\",\"id\":\"2\"}",
            "nonsense");
    EvaluationSplit split = Splits.evaluation(lines);
    try (RawServer server = answering(NDJSON, "", Splits.text(lines, 0));
        TaskClient client = client()) {
      assertThat(problems(client.requests(server.base(), split)))
          .extracting(Problem::file, Problem::line, Problem::code)
          .containsExactly(
              tuple("requests/test", 2, "task-duplicate"),
              tuple("requests/test", 3, "task-missing"),
              tuple("requests/test", 4, "task-broken-json"));
    }
  }

  @Test
  void brokenStatusLineIsUnreachableNotACrash() throws Exception {
    try (RawServer server =
            new RawServer((target, out) -> RawServer.write(out, "SSH-2.0-OpenSSH_9.2\r\n"));
        TaskClient client = client()) {
      assertThat(client.describe(server.base())).isInstanceOf(Outcome.Unreachable.class);
    }
  }

  /** A refusal's words come from a stranger, and go to a terminal or a page. */
  @Test
  void whatARefusalSaysIsShortAndWithoutControlCharacters() throws Exception {
    String body = "{\"problems\": [{\"message\": \"no\\u001b[31m" + "!".repeat(5000) + "\"}]}";
    try (RawServer server =
            new RawServer(
                (target, out) -> {
                  RawServer.head(out, 404, "application/json", "");
                  RawServer.write(out, body);
                });
        TaskClient client = client()) {
      Problem problem = problems(client.describe(server.base())).getFirst();
      assertThat(problem.code()).isEqualTo("task-refused");
      assertThat(problem.message()).doesNotContain("\u001b").hasSizeLessThan(500);
    }
  }

  private static RawServer flood(String piece) throws IOException {
    return new RawServer(
        (target, out) -> {
          RawServer.head(out, 200, NDJSON, "");
          while (true) {
            RawServer.write(out, piece);
          }
        });
  }

  private static RawServer answering(String type, String head, String body) throws IOException {
    return new RawServer(
        (target, out) -> {
          RawServer.head(out, 200, type, head);
          out.write(body.getBytes(StandardCharsets.UTF_8));
        });
  }

  private static TaskLimits limits(
      Duration call, Duration patience, long minBytes, Duration stream) {
    return new TaskLimits(
        1 << 20,
        1000,
        1000,
        10_000,
        Duration.ofSeconds(5),
        call,
        patience,
        minBytes,
        stream,
        2,
        Duration.ofMillis(10));
  }

  private static TaskClient client() {
    return client(LIMITS);
  }

  private static TaskClient client(TaskLimits limits) {
    return new TaskClient(
        new TaskAccess(List.of("127.0.0.1"), Set.of(AddressKind.LOOPBACK)),
        limits,
        Resolver.SYSTEM,
        Trust.system());
  }

  private static void assertUnreachable(Outcome<?> outcome, String reason) {
    assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
    assertThat(((Outcome.Unreachable<?>) outcome).reason()).contains(reason);
  }

  private static List<Problem> problems(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Violation.class);
    return ((Outcome.Violation<?>) outcome).problems();
  }

  private static List<String> codes(Outcome<?> outcome) {
    return problems(outcome).stream().map(Problem::code).toList();
  }
}
