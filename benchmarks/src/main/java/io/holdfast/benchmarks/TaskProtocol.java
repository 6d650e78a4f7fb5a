package io.holdfast.benchmarks;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.ScoreRequest;
import io.holdfast.task.client.AddressKind;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.Resolver;
import io.holdfast.task.client.TaskAccess;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.client.TaskLimits;
import io.holdfast.task.client.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the task protocol costs: the task client against a plain HTTP client that reads the same
 * bytes, in turn in one process over loopback. The client checks addresses, hash, limits and JSON,
 * and gives records; the plain one gives bytes.
 */
@Command(
    name = "tasks",
    mixinStandardHelpOptions = true,
    description = "Times streaming and scoring of a task's requests against a plain HTTP client.")
final class TaskProtocol implements Callable<Integer> {

  @Option(names = "--requests", defaultValue = "10000")
  int requests;

  @Option(names = "--rounds", defaultValue = "15")
  int rounds;

  @Option(names = "--warmup", defaultValue = "5", description = "rounds that are not counted")
  int warmup;

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TaskProtocol()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TaskAccess loopback = new TaskAccess(List.of("*"), Set.of(AddressKind.LOOPBACK));
    try (LoopbackTask task = new LoopbackTask(requests);
        TaskClient client =
            new TaskClient(loopback, TaskLimits.DEFAULT, Resolver.SYSTEM, Trust.system());
        HttpClient plain = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      System.out.printf(
          "%,d requests of %,d bytes in all, scored in %d batches%n%n",
          requests, task.split().bytes(), task.batches().size());
      System.out.println("| | task client ms | plain HTTP ms | ratio | a request µs |");
      System.out.println("|---|---|---|---|---|");
      compare("stream", () -> stream(client, task), () -> get(plain, task));
      compare("score", () -> score(client, task), () -> post(plain, task));
    }
    return 0;
  }

  private void compare(String what, Work ours, Work theirs)
      throws IOException, InterruptedException {
    List<Double> mine = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = -warmup; round < rounds; round++) {
      double own = milliseconds(ours);
      double other = milliseconds(theirs);
      if (round >= 0) {
        mine.add(own);
        others.add(other);
        ratios.add(own / other);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %.1f |%n",
        what,
        Spread.of(mine).format("%.0f"),
        Spread.of(others).format("%.0f"),
        Spread.of(ratios).format("%.1f"),
        Spread.of(mine).median() * 1000 / requests);
  }

  private static double milliseconds(Work work) throws IOException, InterruptedException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private void stream(TaskClient client, LoopbackTask task) throws InterruptedException {
    check(
        client.requests(task.base(), task.split()) instanceof Outcome.Success<?>(List<?> all)
            && all.size() == requests);
  }

  private static void get(HttpClient plain, LoopbackTask task)
      throws IOException, InterruptedException {
    URI uri = task.base().resolve("/requests/test?offset=0");
    HttpResponse<byte[]> response =
        plain.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    check(response.body().length == task.split().bytes());
  }

  private static void score(TaskClient client, LoopbackTask task) throws InterruptedException {
    for (ScoreRequest batch : task.batches()) {
      check(
          client.score(task.base(), task.description(), batch)
                  instanceof Outcome.Success<?>(List<?> scores)
              && scores.size() == batch.requests().size());
    }
  }

  /** Writes the same bodies, as a plain client must too. */
  private static void post(HttpClient plain, LoopbackTask task)
      throws IOException, InterruptedException {
    for (ScoreRequest batch : task.batches()) {
      HttpRequest request =
          HttpRequest.newBuilder(task.base().resolve("/score"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(Json.write(batch)))
              .build();
      check(plain.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode() == 200);
    }
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("the answer is not the one that was prepared");
    }
  }
}
