package io.holdfast.task.client;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.ScoreRequest;
import io.holdfast.contracts.task.ScoreResponse;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskJson;
import io.holdfast.contracts.task.TaskSplit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Asks task services, within limits. Thread-safe; every call blocks its caller and ends when the
 * caller is interrupted. What is guaranteed stands with the package.
 */
public final class TaskClient implements AutoCloseable {

  private static final String JSON = "application/json";
  private static final int BUFFER_BYTES = 16 << 10;

  private final TaskLimits limits;
  private final Exchange exchange;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("task-client-clock").factory());

  /**
   * A client.
   *
   * @param trust whose certificates it takes for good over TLS, as {@link Trust} has them
   */
  public TaskClient(TaskAccess access, TaskLimits limits, Resolver resolver, SSLContext trust) {
    this.limits = limits;
    this.exchange = new Exchange(new Destinations(access, resolver), limits, trust);
  }

  /** What the service says of itself. */
  public Outcome<TaskDescription> describe(URI base) throws InterruptedException {
    return retried(() -> call(base, "task", null, JSON))
        .then(json -> read(json, "task", TaskJson::description));
  }

  /** Whether the service says that it can be used now; asked once. */
  public Outcome<Boolean> healthy(URI base) throws InterruptedException {
    return call(base, "health", null, null).then(body -> Outcome.success(true));
  }

  /**
   * Streams a split. The sink takes each line once, also when the connection is cut and resumed;
   * that they are the described ones is known on success only.
   */
  public Outcome<Long> lines(URI base, TaskSplit split, LineSink sink) throws InterruptedException {
    return stream(base, split, new SplitHash(), sink);
  }

  /**
   * Brings a split into a file, which appears whole and verified. What a try that failed left is
   * gone on with; a file that is there and right is kept without asking.
   *
   * @throws IOException when the file cannot be written
   */
  public Outcome<Path> download(URI base, TaskSplit split, Path file)
      throws IOException, InterruptedException {
    return new SplitDownload(
            split, file, limits.maxLineBytes(), (taken, sink) -> stream(base, split, taken, sink))
        .into();
  }

  /** All requests of a split, verified. They are held in memory: for large ones, download first. */
  public Outcome<List<EvaluationRequest>> requests(URI base, EvaluationSplit split)
      throws InterruptedException {
    RequestReader reader = new RequestReader(split);
    return lines(base, split, reader::line).then(lines -> reader.outcome());
  }

  /** The service's scores of what a model wrote, in the order of the request. */
  public Outcome<List<ScoreResponse.Score>> score(
      URI base, TaskDescription description, ScoreRequest request) throws InterruptedException {
    String json = Json.write(request);
    return retried(() -> call(base, "score", json, JSON))
        .then(body -> read(body, "score", TaskJson::scores))
        .then(answer -> new ScoreCheck(description, request).outcome(answer));
  }

  /**
   * Any answer as it is, for who looks into what a service gets wrong; asked once.
   *
   * @param resource path below the service's address, with its query
   * @param json what to post, or null to get
   */
  public Outcome<RawAnswer> ask(URI base, String resource, String json)
      throws InterruptedException {
    return exchange
        .send(base, resource, json, null)
        .then(
            response ->
                whole(resource, response.body())
                    .then(body -> Outcome.success(RawAnswer.of(response, body))));
  }

  @Override
  public void close() {
    clock.shutdownNow();
    exchange.close();
  }

  private Outcome<Long> stream(URI base, TaskSplit split, SplitHash taken, LineSink sink)
      throws InterruptedException {
    if (split.bytes() > limits.maxSplitBytes()) {
      return Outcome.violation(
          AnswerProblems.splitTooLarge(split, "bytes", split.bytes(), limits.maxSplitBytes()));
    }
    if (split.lines() > limits.maxSplitLines()) {
      return Outcome.violation(
          AnswerProblems.splitTooLarge(split, "lines", split.lines(), limits.maxSplitLines()));
    }
    return new SplitStream(base, split, exchange, limits, clock, taken, sink).take();
  }

  private interface Call {
    Outcome<String> once() throws InterruptedException;
  }

  private Outcome<String> retried(Call call) throws InterruptedException {
    Outcome<String> outcome = call.once();
    Duration pause = limits.pause();
    for (int tries = 1;
        tries < limits.attempts() && outcome instanceof Outcome.Unreachable;
        tries++) {
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
      outcome = call.once();
    }
    return outcome;
  }

  private Outcome<String> call(URI base, String resource, String json, String type)
      throws InterruptedException {
    return switch (exchange.open(base, resource, json, type)) {
      case Outcome.Success<InputStream>(InputStream body) -> whole(resource, body);
      case Outcome.Unreachable<InputStream>(String reason) -> Outcome.unreachable(reason);
      case Outcome.Violation<InputStream>(var problems) -> new Outcome.Violation<>(problems);
    };
  }

  private Outcome<String> whole(String resource, InputStream body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (StreamGuard guard = new StreamGuard(body, clock, limits.call(), 1, limits.call())) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = guard.read(buffer); count >= 0; count = guard.read(buffer)) {
        whole.write(buffer, 0, count);
        if (whole.size() > limits.maxBodyBytes()) {
          return Outcome.violation(AnswerProblems.bodyTooLong(resource, limits.maxBodyBytes()));
        }
      }
      return Outcome.success(whole.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Outcome.unreachable(resource + ": " + e.getMessage() + ".");
    }
  }

  private static <T> Outcome<T> read(String json, String resource, Function<String, T> reader) {
    try {
      return Outcome.success(reader.apply(json));
    } catch (InvalidInputException e) {
      return new Outcome.Violation<>(TaskJson.placed(e.problems(), resource, null));
    }
  }
}
