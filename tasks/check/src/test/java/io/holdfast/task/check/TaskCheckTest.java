package io.holdfast.task.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.task.client.AddressKind;
import io.holdfast.task.client.Resolver;
import io.holdfast.task.client.TaskAccess;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.client.TaskLimits;
import io.holdfast.task.client.Trust;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that conforms passes; each single fault is found and called by its name. */
class TaskCheckTest {

  private static final TaskClient CLIENT =
      new TaskClient(
          new TaskAccess(List.of("127.0.0.1"), Set.of(AddressKind.LOOPBACK)),
          new TaskLimits(
              1 << 20,
              1000,
              1000,
              1 << 20,
              Duration.ofSeconds(2),
              Duration.ofSeconds(10),
              Duration.ofSeconds(10),
              1,
              Duration.ofSeconds(20),
              2,
              Duration.ofMillis(1)),
          Resolver.SYSTEM,
          Trust.system());

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void aServiceThatConformsHasNoProblems() throws Exception {
    try (Capitals service = new Capitals()) {
      CheckReport.Checked report = check(service);

      assertThat(report.problems()).isEmpty();
      assertThat(report.notes()).isEmpty();
      assertThat(report.description().taskName()).hasToString("capitals@1");
      assertThat(report.splits())
          .extracting(CheckReport.SplitSummary::path, CheckReport.SplitSummary::kinds)
          .containsExactly(
              tuple("documents/train", Map.of("prompt and completion", 40L)),
              tuple("requests/test", Map.of("generate_until", 20L)));
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFaultIsFoundAndPlaced(Fault fault) throws Exception {
    try (Capitals service = new Capitals(fault)) {
      assertThat(check(service).problems())
          .anySatisfy(
              problem -> {
                assertThat(problem.code()).isEqualTo(fault.code());
                assertThat(problem.file()).isEqualTo(fault.place());
              });
    }
  }

  /** A check that only looks at one thing leaves the author to find the rest one by one. */
  @Test
  void independentFaultsAreFoundTogether() throws Exception {
    try (Capitals service =
        new Capitals(
            Fault.UNHEALTHY,
            Fault.OTHER_HASH,
            Fault.DUPLICATE_ID,
            Fault.UNKNOWN_SPLIT_EMPTY,
            Fault.SCORE_BY_BATCH)) {
      assertThat(check(service).problems().stream().map(Problem::code).collect(Collectors.toSet()))
          .contains(
              "task-refused",
              "task-wrong-hash",
              "task-duplicate",
              "task-not-refused",
              "task-score-changes");
    }
  }

  @Test
  void nothingAtTheAddressIsNotAFaultOfTheProtocol() throws Exception {
    URI gone;
    try (Capitals service = new Capitals()) {
      gone = service.base();
    }
    assertThat(new TaskCheck(CLIENT).check(gone)).isInstanceOf(CheckReport.NotReached.class);
  }

  private static CheckReport.Checked check(Capitals service) throws InterruptedException {
    return (CheckReport.Checked) new TaskCheck(CLIENT).check(service.base());
  }
}
