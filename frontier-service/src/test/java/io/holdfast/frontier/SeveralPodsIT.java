package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.holdfast.contracts.event.FrontierUpdated;
import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.frontier.conductor.Conductor;
import io.holdfast.frontier.conductor.Pod;
import io.holdfast.frontier.lifecycle.Ledger;
import io.holdfast.frontier.live.LiveLog;
import io.holdfast.frontier.persistence.LedgerReader;
import io.holdfast.frontier.persistence.LedgerStore;
import io.holdfast.frontier.persistence.SnapshotStore;
import io.holdfast.frontier.replica.Placed;
import io.holdfast.frontier.replica.StudyPoints;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Projection;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pods that share one database, each with its own memory of the study. */
@QuarkusTest
class SeveralPodsIT extends StudyFixture {

  @Inject Conductor conductor;
  @Inject LiveLog log;
  @Inject Pod first;
  @Inject Pod second;
  @Inject LedgerStore ledgers;
  @Inject LedgerReader rows;
  @Inject SnapshotStore snapshots;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void knowAndPublishWhatAFullReadWouldTellWhoeverDecides() {
    String id = submit(study("pods", "111"));
    Set<String> stages = stages(id);
    Set<StageRequested> answered = new HashSet<>();
    while (answered.size() < stages.size()) {
      await().until(() -> others.seen(StageRequested.class, stages).size() > answered.size());
      List<HoldfastEvent> events = new ArrayList<>();
      for (StageRequested request : others.seen(StageRequested.class, stages)) {
        if (answered.add(request)) {
          events.addAll(OtherServices.fulfil(request));
          events.addAll(OtherServices.fulfil(request));
        }
      }
      Collections.shuffle(events, random);
      inParts(events).forEach(part -> deliver(part, id));
    }

    assertThat(study(id).getString("state")).as("seed %d", seed).isEqualTo("COMPLETED");
    long revision = study(id).getLong("revision");
    await()
        .until(
            () ->
                others.seen(FrontierUpdated.class, Set.of(id)).stream()
                    .anyMatch(told -> told.revision() == revision));
    List<FrontierUpdated> told = others.seen(FrontierUpdated.class, Set.of(id));
    assertThat(told.stream().map(FrontierUpdated::revision)).isSorted().doesNotHaveDuplicates();
    assertThat(told.getLast().points())
        .hasSize(6)
        .allMatch(point -> point.retained() != null && point.immediate() != null)
        .anyMatch(FrontierUpdated.Point::onRetentionFrontier);
  }

  /** As they come to a pod while it is busy: some at once, a trainer's report by itself. */
  private List<List<StageEvent>> inParts(List<HoldfastEvent> events) {
    List<List<StageEvent>> parts = new ArrayList<>();
    boolean alone = true;
    for (HoldfastEvent event : events) {
      boolean report = event instanceof StageProgressed;
      if (alone || report || random.nextInt(4) == 0) {
        parts.add(new ArrayList<>());
      }
      parts.getLast().add((StageEvent) event);
      alone = report;
    }
    return parts;
  }

  private void deliver(List<StageEvent> events, String study) {
    if (random.nextInt(4) == 0) {
      QuarkusTransaction.begin();
      anyPod().on(events);
      QuarkusTransaction.rollback();
    }
    Pod pod = anyPod();
    QuarkusTransaction.requiringNew().run(() -> pod.on(events));
    if (random.nextInt(3) == 0) {
      QuarkusTransaction.requiringNew().run(() -> assertKnows(anyPod(), events.getFirst(), study));
    }
  }

  private Pod anyPod() {
    return random.nextBoolean() ? first : second;
  }

  private void assertKnows(Pod pod, StageEvent event, String study) {
    Ledger known = pod.around(event.stageId());
    StudySnapshot all = snapshots.find(study).orElseThrow();
    StudyPoints points = pod.points(study);
    if (known.studies().containsKey(study)) {
      Ledger full = ledgers.around(study, List.of());
      assertThat(known.studies().get(study)).isEqualTo(full.studies().get(study));
      full.stages()
          .forEach(
              (id, stage) ->
                  assertThat(known.stages().get(id)).as("seed %d", seed).isEqualTo(stage));
    }
    List<LineagePoint> expected = all.points();
    assertThat(points.all().map(Placed::point)).containsExactlyElementsOf(expected);
    for (Projection plane : Projection.values()) {
      assertThat(points.onFront(plane, Integer.MAX_VALUE).map(Placed::point))
          .containsExactlyInAnyOrderElementsOf(
              all.recipes().stream().flatMap(r -> plane.frontOf(r, expected).stream()).toList());
    }
  }

  @Test
  void reportsOfATrainerAreNoNewsToThem() {
    String id = submit(study("quiet", "112"));
    Set<String> stages = stages(id);
    await().until(() -> !others.seen(StageRequested.class, stages).isEmpty());
    StageRequested request = others.seen(StageRequested.class, stages).getFirst();
    progress(request, 1);
    long before = lastChange();
    progress(request, 2);
    progress(request, 3);
    assertThat(lastChange()).isEqualTo(before);
    QuarkusTransaction.requiringNew()
        .run(() -> first.on(List.of(OtherServices.completed(request))));
    assertThat(lastChange()).isGreaterThan(before);
  }

  @Test
  void reportsOfManyStagesAreTakenInAtOnce() {
    String id = submit(study("crowd", "113"));
    Set<String> stages = stages(id);
    await().until(() -> !others.seen(StageRequested.class, stages).isEmpty());
    StageRequested request = others.seen(StageRequested.class, stages).getFirst();
    StageProgressed later = OtherServices.progressed(request, 3);
    StageProgressed unknown =
        new StageProgressed("no-such-stage", 1, 1, 2, 128, 256, Double.NaN, 2.5, 1e-3, 9, "pod");
    assertThat(conductor.progressed(List.of(later, unknown)))
        .as("not known to be training")
        .containsExactly(later, unknown);
    progress(request, 2);
    long live = log.lastId();
    long decided = lastChange();

    assertThat(conductor.progressed(List.of(unknown, later))).containsExactly(unknown);

    given()
        .get("/api/studies/{id}/stages", id)
        .then()
        .body("find { it.id == '%s' }.step".formatted(request.stageId()), equalTo(3))
        .body("find { it.id == '%s' }.worker".formatted(request.stageId()), equalTo("trainer-0"));
    assertThat(log.after(live, id, 10))
        .singleElement()
        .satisfies(event -> assertThat(event.data()).contains("\"step\":3"));
    assertThat(lastChange()).isEqualTo(decided);
  }

  private void progress(StageRequested request, long step) {
    QuarkusTransaction.requiringNew()
        .run(() -> first.on(List.of(OtherServices.progressed(request, step))));
  }

  private long lastChange() {
    return QuarkusTransaction.requiringNew().call(rows::lastChange);
  }
}
