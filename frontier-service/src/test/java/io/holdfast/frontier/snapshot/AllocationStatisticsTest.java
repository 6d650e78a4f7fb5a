package io.holdfast.frontier.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.design.Equal;
import io.holdfast.frontier.statistics.design.Latency;
import io.holdfast.frontier.statistics.design.LevelTable;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.study.Lineage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Experiment 3b from the study file to its statistics. */
class AllocationStatisticsTest {

  private final StudySnapshot study = SampleStudy.completedAllocation();

  @Test
  void allocationsDifferInNothingButTheExposure() {
    LevelTable table = LevelTable.of(study.trials().trials(), Knob.EXPOSURE, Metric.RETAINED);

    assertThat(table.equal()).isEqualTo(Equal.ALL_OTHER_SETTINGS);
    assertThat(table.levels()).containsExactly(0, 0.25, 0.5, 0.75, 1);
    assertThat(table.seeds()).isEqualTo(3);
    assertThat(table.incompleteSeeds()).isEmpty();
  }

  @Test
  void anAllocationIsAnUpstreamChoice() {
    assertThat(Latency.of(study.trials().ends(), new Resampling(1, 100)).choices())
        .extracting(Latency.Choice::name)
        .containsExactly(
            "plain (allocation=0)",
            "plain (allocation=0.25)",
            "plain (allocation=0.5)",
            "plain (allocation=0.75)",
            "plain (allocation=1)");
  }

  @Test
  void lineagesAreStoredWithTheirSettings() throws JsonProcessingException {
    String stored = Json.write(study.lineages());

    assertThat(stored).contains("\"settings\":\"allocation=0.25, fine_tune.learning_rate=0.0003\"");
    assertThat(Json.mapper().readValue(stored, new TypeReference<List<Lineage>>() {}))
        .isEqualTo(study.lineages());
  }

  @Test
  void aPointIsLabelledWithWhereItIsOnItsStagesWay() {
    assertThat(study.points())
        .extracting(point -> point.label())
        .contains(
            "allocation=0, fine_tune.learning_rate=0.0001",
            "allocation=0, fine_tune.learning_rate=0.0001, mark=25000",
            "allocation=0, fine_tune.learning_rate=0.0001, interpolate=0.5");
  }
}
