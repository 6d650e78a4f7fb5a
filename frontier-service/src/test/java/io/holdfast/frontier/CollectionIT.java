package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.frontier.collection.CollectionPlan;
import io.holdfast.frontier.collection.CollectionPlan.Goes;
import io.holdfast.frontier.collection.CollectionPlan.Stays;
import io.holdfast.frontier.collection.Proposal;
import io.holdfast.frontier.conductor.Collector;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checkpoints that are collected, over the API and the real topics. */
@QuarkusTest
class CollectionIT extends StudyFixture {

  @Inject Collector collector;

  @Test
  void whatNobodyNeedsIsShownThenRemovedAndTrainedAgainWhenItIsNeeded() {
    String id = submit(study("collected", "311, 312, 313"));
    Set<String> stages = stages(id);
    assertThat(goes("0")).as("a running study needs all").doesNotContainAnyElementsOf(stages);
    fulfilAll(id, stages);
    assertThat(goes("7")).as("a week is kept").doesNotContainAnyElementsOf(stages);

    given().put("/api/pins/{id}", id).then().statusCode(204);
    given().get("/api/pins").then().body("$", hasItem(id));
    assertThat(goes("0")).doesNotContainAnyElementsOf(stages);
    given().delete("/api/pins/{id}", id).then().statusCode(204);
    given().delete("/api/pins/{id}", id).then().statusCode(404);
    given().put("/api/pins/{id}", "none").then().statusCode(404);

    Set<String> going = new HashSet<>(goes("0"));
    going.retainAll(stages);
    assertThat(going).as("what no frontier needs").isNotEmpty();
    assertThat(going.size()).as("what a frontier needs stays").isLessThan(stages.size());
    assertThat(others.seen(StageCancelled.class, stages)).as("nothing is removed yet").isEmpty();

    String points = given().get("/api/studies/{id}/frontiers", id).jsonPath().getString("points");
    JsonPath applied = given().post("/api/collection?keep_days=0").jsonPath();
    assertThat(applied.getBoolean("applied")).isTrue();
    assertThat(applied.getList("stages.stage_id", String.class)).containsAll(going);
    await().until(() -> others.seen(StageCancelled.class, stages).size() == going.size());
    assertThat(others.seen(StageCancelled.class, stages)).allMatch(StageCancelled::discards);
    assertThat(given().get("/api/studies/{id}/frontiers", id).jsonPath().getString("points"))
        .as("scores stay")
        .isEqualTo(points);
    String gone = going.iterator().next();
    assertThat(stage(id, gone).getString("state")).isEqualTo("TRAINED");
    assertThat(stage(id, gone).getString("weights")).isEqualTo("COLLECTED");
    assertThat(stage(id, gone).getString("checkpoint")).isNull();
    assertThat(goes("0")).doesNotContainAnyElementsOf(stages);

    String again = submit(study("more", "311, 312, 313") + "evaluation: {tokens: 20_000}\n");
    assertThat(given().get("/api/studies/{id}/frontiers", id).jsonPath().getString("points"))
        .as("scores stay while the weights are trained again")
        .isEqualTo(points);
    assertThat(stage(id, gone).getString("weights")).isIn("NEEDED", "ASKED");
    assertThat(goes("0")).as("it is needed").doesNotContainAnyElementsOf(stages(again));
    fulfilAll(again, stages(again));
    assertThat(others.seen(StageRequested.class, Set.of(gone)))
        .as("asked for under an attempt that no removal can reach")
        .anyMatch(request -> request.attempt() == 2);
    assertThat(stage(id, gone).getString("checkpoint")).isNotNull();
  }

  @Test
  void whatSomebodyComesToNeedAfterItWasPlannedStays() {
    String id = submit(study("raced", "321, 322, 323, 324, 325"));
    Set<String> stages = stages(id);
    fulfilAll(id, stages);
    Proposal proposal = collector.propose(Instant.now());
    Set<String> going = ids(proposal.plan());
    going.retainAll(stages);

    String running = submit(study("runs", "321") + "evaluation: {tokens: 20_000}\n");
    String ended = submit(study("ended", "322"));
    assertThat(study(ended).getString("state")).as("its scores are there").isEqualTo("COMPLETED");
    Set<String> free = new HashSet<>(going);
    free.removeAll(stages(running));
    free.removeAll(stages(ended));
    String pinned = free.iterator().next();
    free.remove(pinned);
    given().put("/api/pins/{id}", pinned).then().statusCode(204);

    CollectionPlan done = collector.carryOut(proposal);

    Set<String> gone = ids(done);
    gone.retainAll(stages);
    assertThat(gone).isEqualTo(free).isNotEmpty();
    assertThat(going).containsAnyElementsOf(stages(running)).containsAnyElementsOf(stages(ended));
    assertThat(done.stays())
        .filteredOn(stays -> going.contains(stays.stageId()))
        .hasSize(going.size() - free.size())
        .extracting(Stays::of)
        .containsOnly(running, ended, pinned);
    await().until(() -> others.seen(StageCancelled.class, stages).size() == free.size());
    assertThat(ids(collector.carryOut(proposal)))
        .as("done twice")
        .doesNotContainAnyElementsOf(stages);
  }

  private static Set<String> ids(CollectionPlan plan) {
    return plan.goes().stream().map(Goes::stageId).collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void negativeDaysAreRefused() {
    given().get("/api/collection?keep_days=-1").then().statusCode(400);
  }

  private static List<String> goes(String keepDays) {
    return given()
        .get("/api/collection?keep_days=" + keepDays)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("stages.stage_id", String.class);
  }
}
