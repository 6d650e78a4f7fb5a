package io.holdfast.task.factbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.task.check.CheckReport;
import io.holdfast.task.check.TaskCheck;
import io.holdfast.task.client.AddressKind;
import io.holdfast.task.client.Resolver;
import io.holdfast.task.client.TaskAccess;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.client.TaskLimits;
import io.holdfast.task.client.Trust;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The running service conforms to the protocol. */
@QuarkusTest
class FactbookServiceTest {

  @TestHTTPResource("/")
  URI base;

  @Test
  void conforms() throws InterruptedException {
    try (TaskClient client =
        new TaskClient(
            new TaskAccess(List.of("*"), Set.of(AddressKind.LOOPBACK)),
            TaskLimits.DEFAULT,
            Resolver.SYSTEM,
            Trust.system())) {
      CheckReport.Checked report = (CheckReport.Checked) new TaskCheck(client).check(base);

      assertThat(report.problems()).isEmpty();
      assertThat(report.notes()).as("no country is on both sides").isEmpty();
      assertThat(report.splits())
          .extracting(CheckReport.SplitSummary::kinds)
          .containsExactly(
              Map.of("prompt and completion", 33_931L), Map.of("generate_until", 2_879L));
    }
  }
}
