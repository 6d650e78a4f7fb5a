package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A running frontier-service, and tests that stand in for the other three. */
@Timeout(90)
@QuarkusTestResource(
    value = LocalInfrastructureResource.class,
    initArgs = @ResourceArg(name = "database", value = "holdfast_frontier"))
@QuarkusTestResource(DataServiceStandIn.class)
abstract class StudyFixture {

  @BeforeAll
  static void waitLongEnoughForABusyMachine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
  }

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  OtherServices others;

  @BeforeEach
  void open() {
    others = new OtherServices(bootstrapServers);
  }

  @AfterEach
  void close() throws InterruptedException {
    others.close();
  }

  void fulfilAll(String id, Set<String> stages) {
    fulfilUntil(id, stages, Set.of(), "COMPLETED");
  }

  void fulfilUntil(String id, Set<String> stages, Set<String> except, String state) {
    fulfilUntil(stages, () -> except, () -> study(id).getString("state").equals(state));
  }

  void fulfilUntil(Set<String> stages, Supplier<Set<String>> except, BooleanSupplier done) {
    Set<StageRequested> answered = new HashSet<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              List<HoldfastEvent> answers = new ArrayList<>();
              for (StageRequested request : others.open(stages)) {
                if (!except.get().contains(request.stageId()) && answered.add(request)) {
                  answers.addAll(OtherServices.fulfil(request));
                }
              }
              answers.forEach(others::say);
              return done.getAsBoolean();
            });
  }

  static String study(String name, String seeds) {
    return SampleStudy.TEXT
        .replace("study: sample", "study: " + name)
        .replace("seeds: [4, 5, 6]", "seeds: [" + seeds + "]");
  }

  static JsonPath study(String id) {
    return given().get("/api/studies/{id}", id).then().statusCode(200).extract().jsonPath();
  }

  static String submit(String text) {
    return given()
        .contentType("application/yaml")
        .body(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .post("/api/studies")
        .then()
        .statusCode(202)
        .header("Location", containsString("/api/studies/"))
        .extract()
        .path("id");
  }

  static Set<String> stages(String id) {
    return new HashSet<>(study(id).getList("stages.id", String.class));
  }

  static JsonPath stage(String id, String stageId) {
    JsonPath stages = given().get("/api/studies/{id}/stages", id).jsonPath();
    int at = stages.getList("id", String.class).indexOf(stageId);
    return stages.setRootPath("[%d]".formatted(at));
  }
}
