package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.cli.Holdfast.Result;
import io.holdfast.cli.Holdfast.Running;
import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.RefusedException;
import io.holdfast.cli.client.StudySummary;
import io.holdfast.cli.local.RunnerState;
import io.holdfast.cli.local.RunnerState.Condition;
import io.holdfast.cli.local.RunnerState.ServiceStatus;
import io.holdfast.task.client.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One local system of real processes, used through the command line. */
class HoldfastIT {

  private static final String SMOKE = "../studies/smoke.yaml";

  @TempDir static Path folder;
  private static Holdfast holdfast;

  @BeforeAll
  static void up() throws Exception {
    holdfast = new Holdfast(folder.resolve("home"));
    Result up = holdfast.run("up", "--trainers", "2", "--corpora", folder.toString());
    assertThat(up.exitCode()).as(up.output()).isZero();
    assertThat(up.output()).contains("Dashboard  http://127.0.0.1:");
  }

  @AfterAll
  static void down() throws Exception {
    List<Long> processes =
        holdfast.home().state().orElseThrow().services().stream().map(ServiceStatus::pid).toList();
    noLogTellsTheToken();
    assertThat(holdfast.run("down").exitCode()).isZero();
    assertThat(holdfast.run("status").exitCode()).isEqualTo(1);
    assertThat(processes).allMatch(Holdfast::hasEnded);
  }

  @Test
  void studyRunsToItsReportAndIsNotTrainedAgain() throws Exception {
    Result first = holdfast.run("run", SMOKE);
    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(first.output()).contains("Frontier", "L_ret at matched L_ft", "report.html");
    Path results = holdfast.home().study("smoke");
    assertThat(results.resolve("report.html")).content().contains("<svg", "exposed");
    // Each of six fine-tunings has its end, a mark and an interpolation.
    assertThat(results.resolve("points.csv"))
        .content()
        .hasLineCount(1 + 6 * 3)
        .contains("fine_tune.learning_rate=0.001, mark=1000", "interpolate=0.5");
    assertThat(results.resolve("evaluations.csv"))
        .content()
        .contains(",mark,1000,", ",interpolated,,0.5,");
    assertThat(results.resolve("figures/retention.svg")).content().startsWith("<svg");
    assertThat(first.output()).contains("Claims: ");
    reportIsWrittenAgainWithoutTheRun();

    String points = Files.readString(results.resolve("points.csv"));
    Result again = holdfast.run("run", SMOKE);
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.output()).doesNotContain("training,", ": done");
    assertThat(again.output()).contains("stages are done already");
    assertThat(results.resolve("points.csv")).content().isEqualTo(points);
    assertThat(studies()).filteredOn(study -> study.name().equals("smoke")).hasSize(1);
  }

  @Test
  void aStudyThatRunsIsCancelledOnce() throws Exception {
    Path file =
        write(
            "unwanted.yaml",
            Files.readString(Path.of(SMOKE))
                .replace("study: smoke", "study: unwanted")
                .replace("seeds: [1]", "seeds: [21, 22, 23, 24, 25, 26, 27, 28]"));
    Running run = holdfast.start("run", file.toString());
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> studies().stream().anyMatch(study -> study.name().equals("unwanted")));
    Result cancelled = holdfast.run("cancel", "unwanted");
    assertThat(cancelled.exitCode()).as(cancelled.output()).isZero();
    assertThat(cancelled.output()).contains("unwanted-", "is cancelled", "stages are trained");
    assertThat(run.process().waitFor(1, TimeUnit.MINUTES)).as(run.output()).isTrue();
    assertThat(run.process().exitValue()).as(run.output()).isEqualTo(1);
    assertThat(holdfast.run("cancel", "unwanted").output())
        .contains("has ended already: cancelled");
    Result unknown = holdfast.run("cancel", "unheard-of");
    assertThat(unknown.output()).contains("no study unheard-of");
    assertThat(unknown.exitCode()).isEqualTo(Main.SYSTEM);
  }

  @Test
  void whatNobodyNeedsIsRemovedAndTrainedAgainForWhoeverNeedsIt() throws Exception {
    Result smoke = holdfast.run("run", SMOKE);
    assertThat(smoke.exitCode()).as(smoke.output()).isZero();
    new CollectionScenario(holdfast, folder, holdfast.home().artifacts().resolve("checkpoints"))
        .runBeside("smoke");
  }

  @Test
  void aTaskThatTheSystemDoesNotRunIsRefusedWithAWayIn() throws Exception {
    String task = folder.resolve("capitals").toString();

    for (Result late :
        List.of(holdfast.run("up", "--task", task), holdfast.run("run", SMOKE, "--task", task))) {
      assertThat(late.exitCode()).as(late.output()).isEqualTo(Main.SYSTEM);
      assertThat(late.output()).contains("does not run " + task, "task register URL");
    }
  }

  @Test
  void aSystemElsewhereIsUsedByItsAddressAndAToken() throws Exception {
    RunnerState up = holdfast.home().state().orElseThrow();
    Holdfast colleague = new Holdfast(folder.resolve("colleague"));
    Path token = folder.resolve("home/token");
    Path wrong = Files.writeString(folder.resolve("wrong-token"), "hf_wrong");
    String[] there = {"--server", up.api(), "--token-file", token.toString()};

    Result run = colleague.run("run", SMOKE, there[0], there[1], there[2], there[3]);
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(colleague.home().study("smoke").resolve("report.html")).exists();
    assertThat(colleague.home().state()).isEmpty();
    Result status = colleague.run("status", there[0], there[1], there[2], there[3]);
    assertThat(status.output()).contains("Holdfast at " + up.api(), "smoke-");
    Result refused = colleague.run("status", there[0], there[1], "--token-file", wrong.toString());
    assertThat(refused.exitCode()).as(refused.output()).isNotZero();
    assertThat(refused.output()).contains("token").doesNotContain("hf_wrong");
  }

  private static void reportIsWrittenAgainWithoutTheRun() throws Exception {
    Path written = folder.resolve("report-of-smoke");
    Result report = holdfast.run("report", "smoke", "--output", written.toString());
    assertThat(report.exitCode()).as(report.output()).isZero();
    assertThat(written.resolve("report.md")).content().contains("](figures/retention.png)");
    assertThat(ImageIO.read(written.resolve("figures/retention.png").toFile()).getWidth())
        .isEqualTo(1440);
    Result unknown = holdfast.run("report", "smok");
    assertThat(unknown.exitCode()).isEqualTo(Main.SYSTEM);
    assertThat(unknown.output()).contains("no study smok", "smoke-");
  }

  /**
   * A learning rate that moves no weight leaves the model that was imported, so whatever was scored
   * of it in the study that trained it is scored again, to the last digit; and so is what lies
   * between the two.
   */
  @Test
  void studyStartsFromAModelThatAnotherTrained() throws Exception {
    Result smoke = holdfast.run("run", SMOKE);
    assertThat(smoke.exitCode()).as(smoke.output()).isZero();
    Map<String, String> point =
        points("smoke").stream().filter(p -> p.get("point").equals("final")).findFirst().get();
    Path exported = folder.resolve("models/exported");
    copy(
        holdfast.home().artifacts().resolve("checkpoints/" + point.get("fine_tune") + "/final"),
        exported);
    Path study = write("continued.yaml", CONTINUED.formatted(exported));

    Result plan = holdfast.run("plan", study.toString());
    assertThat(plan.output()).contains("It starts from exported (model id ");
    Result run = holdfast.run("run", study.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(points("continued"))
        .hasSize(2)
        .allSatisfy(
            again -> {
              for (String loss : List.of("l_ft", "l_ret", "l_pre")) {
                assertThat(again.get(loss)).as(loss).isNotEmpty().isEqualTo(point.get(loss));
              }
              assertThat(again.get("pretrain")).isEmpty();
              assertThat(again.get("l_im")).isEmpty();
            });
    assertThat(holdfast.home().study("continued").resolve("report.html"))
        .content()
        .contains("exported (model id ");
  }

  /** The smoke study's corpora and yardsticks, and nothing learned. */
  private static final String CONTINUED =
      """
      study: continued
      model: {base: "%s", context: 32}
      corpora:
        math: {embedded: metamath, tokens: 8k}
        facts: {embedded: factbook, tokens: 4k}
      stages:
        fine_tune: {corpus: math, tokens: 2k, learning_rate: 1e-30}
      seeds: [1]
      evaluation: {tokens: 1k, pretrain: math, post_train: facts, interpolate: [0.5]}
      """;

  /** The rows of a study's points.csv, by column. */
  private static List<Map<String, String>> points(String study) throws IOException {
    List<String> lines = Files.readAllLines(holdfast.home().study(study).resolve("points.csv"));
    String[] columns = lines.getFirst().split(",", -1);
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              String[] cells = line.split(",", -1);
              Map<String, String> row = new HashMap<>();
              for (int i = 0; i < columns.length; i++) {
                row.put(columns[i], cells[i]);
              }
              return row;
            })
        .toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void studyWithErrorsIsRefusedWithAllOfThemBeforeAnythingRuns() throws Exception {
    Path study =
        write(
            "broken.yaml",
            Files.readString(Path.of(SMOKE))
                .replace("exposure: 0.5", "exposure: 1.5")
                .replace("{embedded: factbook, tokens: 4k}", "{embedded: factbok, tokens: 4k}")
                .replace("seeds: [1]", "seds: [1]"));
    Result refused = holdfast.run("run", study.toString());
    assertThat(refused.exitCode()).isEqualTo(Main.REFUSED);
    assertThat(refused.output()).contains("1.5", "seds", "seeds", "line ", "Nothing was run");
  }

  @Test
  void problemsThatOnlyTheCorporaShowAreToldLikeAnyOther() throws Exception {
    Path notes = folder.resolve("notes.jsonl");
    Files.writeString(notes, "{\"text\": \"a document\"}\n{\"text\": \n");
    Path study =
        write(
            "notes.yaml",
            Files.readString(Path.of(SMOKE))
                .replace("{embedded: factbook, tokens: 4k}", "{path: " + notes + "}"));
    Result refused = holdfast.run("plan", study.toString());
    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(Main.REFUSED);
    assertThat(refused.output()).contains("notes.jsonl");
    assertThat(studies()).noneMatch(known -> known.name().equals("notes"));
  }

  @Test
  void planShowsTheTreeAndRunsNothing() throws Exception {
    Path study =
        write(
            "planned.yaml",
            Files.readString(Path.of(SMOKE)).replace("study: smoke", "study: planned"));
    Result plan = holdfast.run("plan", study.toString(), "--trainers", "3");
    assertThat(plan.exitCode()).as(plan.output()).isZero();
    assertThat(plan.output())
        .contains("planned: 11 stages, 6 points", "pretrain exposed", "on 3 trainers");
    assertThat(studies()).noneMatch(known -> known.name().equals("planned"));
  }

  @Test
  void secondRunnerOfAHomeIsRefused() throws Exception {
    Result second = holdfast.run("serve");
    assertThat(second.exitCode()).isEqualTo(Main.SYSTEM);
    assertThat(second.output())
        .contains("already runs in " + holdfast.home().directory(), "./holdfast down", "--home");
    assertThat(holdfast.run("status").exitCode()).isZero();
  }

  @Test
  void serviceThatDiesIsStartedAgain() throws Exception {
    ServiceStatus before = service("frontier-service");
    ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              ServiceStatus now = service("frontier-service");
              return now.restarts() == before.restarts() + 1 && now.condition() == Condition.READY;
            });
    assertThat(service("frontier-service").port()).isEqualTo(before.port());
    Result status = holdfast.run("status");
    assertThat(status.exitCode()).as(status.output()).isZero();
    assertThat(status.output()).contains("trainer-2", "ready");
  }

  /** Whatever the other tests made the processes write. */
  private static void noLogTellsTheToken() throws IOException {
    try (Stream<Path> logs = Files.list(holdfast.home().logs())) {
      assertThat(logs.toList())
          .hasSizeGreaterThan(5)
          .allSatisfy(
              log -> assertThat(Files.readString(log)).doesNotContain(holdfast.home().token()));
    }
  }

  /** Everybody on the machine can read it. */
  @Test
  void noCommandLineTellsASecret() throws IOException {
    Path password = holdfast.home().directory().resolve("postgres/password");
    List<Long> pids =
        holdfast.home().state().orElseThrow().services().stream().map(ServiceStatus::pid).toList();
    assertThat(pids).hasSizeGreaterThan(3);
    for (long pid : pids) {
      assertThat(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")))
          .contains("holdfast.home")
          .doesNotContain(holdfast.home().token(), Files.readString(password).strip());
    }
  }

  @Test
  void theDashboardsLinkSignsInAndNobodyElseIsLetIn() throws Exception {
    String api = holdfast.home().state().orElseThrow().api();
    assertThat(holdfast.run("status").output())
        .contains("dashboard  " + api + "/#token=" + holdfast.home().token());
    try (Frontier stranger = new Frontier(URI.create(api), "hf_a-guess", Trust.system())) {
      assertThatThrownBy(stranger::studies)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("token");
    }
  }

  @Test
  void logsShowWhatAProcessWrote() throws Exception {
    Result logs = holdfast.run("logs", "trainer-1", "-n", "500");
    assertThat(logs.output())
        .contains("trainer-service", "started in")
        .doesNotContain("data-service.log");
    assertThat(holdfast.run("logs", "nobody").output()).contains("no log of nobody", "trainer-1");
  }

  private static Path write(String name, String study) throws IOException {
    return Files.writeString(folder.resolve(name), study);
  }

  private static ServiceStatus service(String name) {
    RunnerState state = holdfast.home().state().orElseThrow();
    return state.services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<StudySummary> studies() throws Exception {
    try (Frontier frontier =
        new Frontier(
            URI.create(holdfast.home().state().orElseThrow().api()),
            holdfast.home().token(),
            Trust.system())) {
      return frontier.studies();
    }
  }
}
