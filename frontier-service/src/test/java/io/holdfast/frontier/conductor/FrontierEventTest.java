package io.holdfast.frontier.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.FrontierUpdated;
import io.holdfast.contracts.event.FrontierUpdated.Point;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.lifecycle.StageRecord;
import io.holdfast.frontier.lifecycle.StudyRecord;
import io.holdfast.frontier.lifecycle.WantedStage;
import io.holdfast.frontier.replica.LedgerRows;
import io.holdfast.frontier.replica.Replica;
import io.holdfast.frontier.replica.StudyPoints;
import io.holdfast.frontier.replica.WantedStudy;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.study.Lineage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrontierEventTest {

  private static final StudySnapshot STUDY = SampleStudy.completedWithPoints();
  private static final int POINTS = STUDY.points().size();

  @Test
  void tellsAllPointsOfASmallStudyWithTheirFronts() {
    FrontierUpdated told = FrontierEvent.of("s", 3, points(1));
    assertThat(told.revision()).isEqualTo(3);
    assertThat(told.points()).hasSize(POINTS);
    assertThat(told.points().stream().map(Point::settings).distinct()).hasSize(3 * 4);
    assertThat(onAFront(told)).isNotEmpty().hasSizeLessThan(POINTS);
  }

  @Test
  void ofALargerStudyTellsTheFrontsOnly() {
    int times = 500 / POINTS + 1;
    FrontierUpdated told = FrontierEvent.of("s", 3, points(times));
    List<Point> ofOne = onAFront(FrontierEvent.of("s", 3, points(1)));
    assertThat(told.points()).hasSize(times * ofOne.size()).hasSizeLessThan(times * POINTS);
    assertThat(told.points()).isEqualTo(onAFront(told)).containsAll(ofOne);
  }

  @Test
  void aFrontAsLargeAsAStudyIsToldAsFarAsKafkaTakesIt() {
    StudyPoints many = points(20_000 / POINTS);
    FrontierUpdated told = FrontierEvent.of("s", 3, many);
    assertThat(told.points()).hasSize(1_000).isEqualTo(onAFront(told));
    String json = CloudEvent.of("/holdfast/test", Instant.EPOCH, told).toJson();
    assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
  }

  private static List<Point> onAFront(FrontierUpdated told) {
    return told.points().stream()
        .filter(point -> point.onRetentionFrontier() || point.onPretrainingFrontier())
        .toList();
  }

  /** The sample with every lineage several times: equal points are on a front together. */
  private static StudyPoints points(int times) {
    Map<String, WantedStage> wanted = new HashMap<>();
    List<StageRecord> stages = new ArrayList<>();
    STUDY
        .stages()
        .forEach(
            stage -> {
              wanted.put(stage.id(), new WantedStage(1, new HashSet<>(stage.wanted())));
              stages.add(
                  new StageRecord(
                      stage.id(), stage.spec().parent(), stage.state(), Set.of(), Set.of()));
            });
    List<Lineage> lineages = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      lineages.addAll(STUDY.lineages());
    }
    return Replica.empty(0)
        .with(
            new WantedStudy(new StudyRecord("s", STUDY.state(), wanted), STUDY.recipes(), lineages),
            new LedgerRows(Map.of(), stages, STUDY.evaluations(), List.of()))
        .points("s");
  }
}
