package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;

import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is wrong is said at once, with place and remedy, and changes nothing. */
@QuarkusTest
@Timeout(60)
@QuarkusTestResource(
    value = LocalInfrastructureResource.class,
    initArgs = @ResourceArg(name = "database", value = "holdfast_frontier"))
@QuarkusTestResource(DataServiceStandIn.class)
class ProblemsIT {

  @Test
  void aPlanStoresAndRunsNothing() {
    int before = given().get("/api/studies").jsonPath().getList("id").size();
    plan(SampleStudy.TEXT.replace("study: sample", "study: planned"), 2)
        .statusCode(200)
        .body("study", equalTo("planned"))
        .body("stages", hasSize(3 * (2 + 2 + 6)))
        .body("trainers", equalTo(2))
        .body("seconds", greaterThan(1f))
        .body("tokens", greaterThan(1_000_000));
    assertThat(given().get("/api/studies").jsonPath().getList("id")).hasSize(before);
  }

  @Test
  void saysEverythingThatIsWrongWithTheTextAndItsCorporaAtOnce() {
    String text =
        SampleStudy.TEXT
            .replace("fraction: 1}", "fraction: 1.5}")
            .replace("learning_rate: 3e-3", "lerning_rate: 3e-3")
            .replace("embedded: factbook", "embedded: factbok");
    List<String> codes =
        submit(text)
            .statusCode(422)
            .contentType("application/problem+json")
            .body("problems.line", hasSize(greaterThan(2)))
            .body("problems.remedy", hasSize(greaterThan(2)))
            .extract()
            .jsonPath()
            .getList("problems.code", String.class);
    assertThat(codes).contains("unknown-corpus", "unknown-key", "out-of-range");
  }

  @Test
  void saysEverythingThatIsWrongWithTheCorporaAtOnce() {
    String text =
        SampleStudy.TEXT
            .replace("embedded: factbook", "embedded: factbok")
            .replace("tokens: 100_000}\n  factbook", "tokens: 100_000_000}\n  factbook");
    submit(text)
        .statusCode(422)
        .body("problems.code", equalTo(List.of("limit-exceeds-corpus", "unknown-corpus")))
        .body(
            "problems.path",
            equalTo(List.of("corpora.metamath.tokens", "corpora.factbook.embedded")))
        .body("problems.line", equalTo(List.of(7, 8)));
    plan(text, 1).statusCode(422).body("problems", hasSize(2));
  }

  @Test
  void aTextThatIsNoStudyIsRefused() {
    submit("").statusCode(422);
    submit("[1, 2").statusCode(422);
    submit("just words").statusCode(422).body("problems[0].remedy", containsString(""));
    submit("a: &a [x]\nb: [*a, *a]\n").statusCode(422);
  }

  @Test
  void saysThatDataServiceIsAwayAndWhatToDo() {
    for (String embedded : List.of("crash", "vanish")) {
      submit(SampleStudy.TEXT.replace("embedded: factbook", "embedded: " + embedded))
          .statusCode(503)
          .contentType("application/problem+json")
          .body("type", equalTo("urn:holdfast:problem:data-service-unavailable"))
          .body("detail", containsString("not submitted"))
          .body("detail", containsString("submit the study again"));
    }
  }

  @Test
  void saysThatThereIsNoSuchStudy() {
    for (String part : List.of("", "/stages", "/frontiers", "/report.html", "/points.csv")) {
      given()
          .get("/api/studies/nothing-000000000000" + part)
          .then()
          .statusCode(404)
          .body("type", equalTo("urn:holdfast:problem:no-such-study"));
    }
    given().post("/api/studies/nothing-000000000000/cancel").then().statusCode(404);
  }

  @Test
  void refusesWhatIsNoText() {
    given()
        .contentType("application/zip")
        .body(new byte[] {1, 2, 3})
        .post("/api/studies")
        .then()
        .statusCode(415);
    plan(SampleStudy.TEXT, 0).statusCode(400);
  }

  @Test
  void describesItself() {
    given()
        .accept("application/json")
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("paths", hasKey("/api/studies"))
        .body("paths", hasKey("/api/plans"))
        .body("paths", hasKey("/api/events"))
        .body("paths", hasKey("/api/studies/{id}/frontiers"))
        .body("components.schemas.StudyView.properties", hasKey("submitted_at"));
  }

  private static ValidatableResponse submit(String text) {
    return given()
        .contentType("application/yaml")
        .body(text.getBytes(StandardCharsets.UTF_8))
        .post("/api/studies")
        .then();
  }

  private static ValidatableResponse plan(String text, int trainers) {
    return given()
        .contentType("application/yaml")
        .queryParam("trainers", trainers)
        .body(text.getBytes(StandardCharsets.UTF_8))
        .post("/api/plans")
        .then();
  }

  @Test
  void aPreferenceIsRefusedWithEverythingThatIsWrong() {
    given()
        .queryParam("weights", "kept=1")
        .queryParam("budget", "euros=5")
        .when()
        .get("/api/studies/none/recommendation.txt")
        .then()
        .statusCode(422)
        .body("problems.code", equalTo(List.of("unknown-loss", "unknown-unit")));
    given().when().get("/api/studies/none/recommendation").then().statusCode(404);
  }

  @Test
  void lawsAreAskedForWithinBounds() {
    given()
        .queryParam("injected", "1.5")
        .when()
        .get("/api/studies/none/laws.txt")
        .then()
        .statusCode(400);
    given()
        .when()
        .get("/api/studies/none/laws?injected=0&injected=0.01&with=b")
        .then()
        .statusCode(404);
  }
}
