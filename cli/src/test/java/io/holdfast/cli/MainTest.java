package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.access.AccessToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says before any system is needed. */
class MainTest {

  @TempDir Path home;
  private final Commands commands = new Commands();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "plan",
        "report",
        "recommend",
        "laws",
        "up",
        "down",
        "status",
        "logs",
        "cancel",
        "task",
        "token",
        "gc",
        "pin",
        "theory"
      })
  void everyCommandExplainsItselfWithExamples(String command) {
    assertThat(commands.execute(command, "--help")).isZero();
    assertThat(commands.output())
        .contains("Usage: holdfast " + command, "Example", "./holdfast " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "recommend", "laws"})
  void whatOnlyReadsResultsOffersNothingToTrainWith(String command) {
    assertThat(commands.execute(command, "--help")).isZero();
    assertThat(commands.output())
        .contains("-D=KEY=VALUE")
        .doesNotContain("--trainers", "--corpora", "--task");
  }

  @Test
  void helpShowsWhereToStart() {
    assertThat(commands.execute("--help")).isZero();
    assertThat(commands.output()).contains("studies/quickstart.yaml", "verify", "--home");
  }

  @Test
  void mistypedCommandAndOptionsAreComplaintsWithAWayOut() {
    assertThat(commands.execute("rum")).isEqualTo(Main.REFUSED);
    assertThat(commands.output()).contains("run", "--help");
    assertThat(commands.execute("run", "x.yaml", "--trainers", "0")).isEqualTo(Main.REFUSED);
    assertThat(commands.output()).contains("--trainers takes a number from 1");
    assertThat(commands.execute("run")).isEqualTo(Main.REFUSED);
    assertThat(commands.execute("report", "x", "--format", "pdf")).isEqualTo(Main.REFUSED);
    assertThat(commands.output()).contains("STUDY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"holdfast.example.org", "ftp://holdfast", "https://host/path", "https://", "h h"})
  void aServerIsAnAddress(String server) {
    assertThat(commands.execute("status", "--server", server)).isEqualTo(Main.REFUSED);
    assertThat(commands.output()).contains("--server takes an address", server);
  }

  @Test
  void aServerElsewhereStartsNothingHere() throws IOException {
    Path token = Files.writeString(home.resolve("token"), "secret");
    String study = Path.of("../studies/smoke.yaml").toString();
    String server = "http://localhost:1";

    assertThat(commands.execute("plan", study, "--server", server, "--task", "t", "-Da=b"))
        .isEqualTo(Main.REFUSED);
    assertThat(commands.output()).contains("-D, --task is for a system", server);
    assertThat(commands.execute("status", "--server", server, "--token-file", "nowhere"))
        .isEqualTo(Main.SYSTEM);
    assertThat(commands.output()).contains("nowhere is not readable");
    assertThat(
            commands.execute("plan", study, "--server", server, "--token-file", token.toString()))
        .isEqualTo(Main.SYSTEM);
    assertThat(commands.output()).contains("does not answer").doesNotContain("secret");
  }

  @Test
  void aTokenIsFitForTheServicesAndGoesWhereItIsWanted() throws IOException {
    assertThat(commands.execute("token")).isZero();
    String printed = commands.output().lines().findFirst().orElseThrow();
    assertThat(printed)
        .startsWith(AccessToken.PREFIX)
        .hasSizeGreaterThan(AccessToken.MIN_CHARACTERS);
    assertThat(commands.output()).contains("HOLDFAST_SECURITY_TOKEN");

    Path file = home.resolve("admin");
    assertThat(commands.execute("token", "--file", file.toString())).isZero();
    String written = Files.readString(file).strip();
    assertThat(written).startsWith(AccessToken.PREFIX).isNotEqualTo(printed);
    assertThat(commands.output()).doesNotContain(written);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(commands.execute("token", "--file", file.toString())).isEqualTo(Main.SYSTEM);
    assertThat(Files.readString(file).strip()).isEqualTo(written);
  }

  @Test
  void missingStudyFileIsAProblem() {
    assertThat(commands.execute("run", "nowhere.yaml", "--home", home.toString()))
        .isEqualTo(Main.REFUSED);
    assertThat(commands.output()).contains("nowhere.yaml is refused", "no such file");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aReportOfAHomeThatWasNeverUsedStartsNothing() {
    Path unused = home.resolve("unused");
    assertThat(commands.execute("report", "quickstart", "--home", unused.toString()))
        .isEqualTo(Main.SYSTEM);
    assertThat(commands.output()).contains("No study has run in " + unused);
    assertThat(unused).doesNotExist();
  }

  @Test
  void studyThatIsWrongInItselfStartsNothing() throws IOException {
    Path study =
        Files.writeString(home.resolve("wrong.yaml"), "study: wrong\nmodel: 3\nsede: [1]\n");
    assertThat(commands.execute("run", study.toString(), "--home", home.resolve("home").toString()))
        .isEqualTo(Main.REFUSED);
    assertThat(commands.output())
        .contains("line 2", "line 3", "model", "sede")
        .contains("problems");
    assertThat(home.resolve("home")).doesNotExist();
  }

  @Test
  void whatIsSetBesideTheStudyIsCheckedWithIt() throws IOException {
    Path study = Files.writeString(home.resolve("wrong.yaml"), "include: base.yaml\nmodel: 3\n");
    Files.writeString(home.resolve("base.yaml"), "study: x\nseeds: [-1]\n");
    assertThat(commands.execute("plan", study.toString(), "--set", "modle.layers=2"))
        .isEqualTo(Main.REFUSED);
    assertThat(commands.output())
        .contains("base.yaml line 2: seeds[0]: -1", "--set modle.layers", "Did you mean model?");
  }

  @Test
  void statusAndDownOfAHomeWithoutSystemSaySo() {
    assertThat(commands.execute("status", "--home", home.toString())).isEqualTo(1);
    assertThat(commands.output()).contains("is down in " + home);
    assertThat(commands.execute("down", "--home", home.toString())).isZero();
    assertThat(commands.output()).contains("Nothing runs in");
  }

  @Test
  void theoryRunsWithoutASystemAndWritesWhatItShows() {
    assertThat(commands.execute("theory", "--n", "5", "--k", "1", "--output", home.toString()))
        .isZero();
    assertThat(home.resolve("theory.html")).content().contains("<svg", "k·beta²");
    assertThat(home.resolve("learning-exposed.svg")).content().contains("<polyline", "closed form");
    assertThat(home.resolve("bound.csv")).content().hasLineCount(41).startsWith("epsilon,");
  }

  @Test
  void theoryNamesEveryNumberThatIsOutsideIt() {
    assertThat(
            commands.execute(
                "theory", "--beta", "0.6", "--lambda", "-1", "--output", home.toString()))
        .isEqualTo(Main.REFUSED);
    assertThat(commands.output()).contains("--beta: 0.6", "--lambda: -1.0", "--help");
    assertThat(home).isEmptyDirectory();
  }
}
