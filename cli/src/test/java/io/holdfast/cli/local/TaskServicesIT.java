package io.holdfast.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.cli.local.RunnerState.Phase;
import io.holdfast.cli.local.RunnerState.ServiceStatus;
import io.holdfast.cli.task.Skeleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local runner keeps task services running as it does its own. */
class TaskServicesIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void aTaskRunsWithTheSystemIsStartedAgainAndEndsWithIt() throws Exception {
    Path task = folder.resolve("sums");
    Skeleton.JAVA.write("sums", task);
    Home home = new Home(folder.resolve("home"));
    RunnerLog.open(home);
    URI url;
    try (LocalSystem system = LocalSystem.start(home, options(task), step -> {})) {
      url = system.tasks().getFirst();
      assertThat(answers(url)).isTrue();
      ServiceStatus first = status(home);
      assertThat(first.name()).isEqualTo("task-sums");

      ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();

      Awaitility.await().atMost(LIMIT).until(() -> status(home).restarts() == 1);
      Awaitility.await().atMost(LIMIT).until(() -> answers(url(system)));
    }
    assertThat(answers(url)).isFalse();
  }

  /** Task services do not notice that their runner was killed; the next one ends them. */
  @Test
  void whatAKilledRunnerLeftIsEnded() throws Exception {
    Home home = new Home(folder.resolve("home"));
    home.claim().orElseThrow().close();
    Process ours = sleeper(home.directory().toString());
    Process stranger = sleeper("/another/home");
    try {
      home.write(state(ours.pid(), stranger.pid()));

      Leftovers.end(home);

      // Process learns of the end a moment after ProcessHandle; by itself this one ends in minutes.
      assertThat(ours.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      ours.destroyForcibly();
      stranger.destroyForcibly();
    }
  }

  @Test
  void aFolderThatSaysNotHowIsRefused() {
    Home home = new Home(folder.resolve("home"));
    RunnerLog.open(home);

    assertThatThrownBy(() -> LocalSystem.start(home, options(folder), step -> {}))
        .isInstanceOf(SystemFailure.class)
        .hasMessageContaining("holdfast-task.json");
  }

  private static SystemOptions options(Path task) {
    return new SystemOptions(
        Path.of("").toAbsolutePath(), 1, Set.of(), List.of(), List.of(task), Map.of());
  }

  private static URI url(LocalSystem system) {
    return system.tasks().getFirst();
  }

  private static ServiceStatus status(Home home) {
    return home.state().orElseThrow().services().getFirst();
  }

  private static boolean answers(URI url) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(url.resolve("/health")).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException gone) {
      return false;
    }
  }

  private static Process sleeper(String home) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sleep", "600");
    builder.environment().put(TaskSpecs.HOME_VARIABLE, home);
    return builder.start();
  }

  private static RunnerState state(long... pids) {
    List<ServiceStatus> services =
        Arrays.stream(pids)
            .mapToObj(
                pid ->
                    new ServiceStatus(
                        "task-" + pid, RunnerState.Condition.READY, pid, 1, 0, Instant.now()))
            .toList();
    return new RunnerState(1, Instant.now(), Phase.READY, "", null, null, List.of(), services);
  }
}
