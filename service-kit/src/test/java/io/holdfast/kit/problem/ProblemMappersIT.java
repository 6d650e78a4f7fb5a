package io.holdfast.kit.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalInfrastructureResource.class)
class ProblemMappersIT {

  @Test
  void everyProblemOfAnInputIsToldAtOnce() {
    given()
        .get("/refusing/invalid")
        .then()
        .statusCode(422)
        .contentType(ProblemResponse.MEDIA_TYPE)
        .body("problems.code", contains("unknown-corpus", "missing"))
        .body("problems[0].path", equalTo("corpora.a"))
        .body("status", equalTo(422));
  }

  @Test
  void bodySpeaksTheEventsDialect() {
    given()
        .contentType("application/json")
        .body("{\"some_number\": 3, \"unknown\": true}")
        .post("/refusing")
        .then()
        .statusCode(200)
        .body("some_number", equalTo(3));
  }

  @Test
  void malformedBodyIsAProblemWithItsPlace() {
    for (String body : new String[] {"{\"some_number\": ", "{\"some_number\": \"x\"}", "[]"}) {
      given()
          .contentType("application/json")
          .body(body)
          .post("/refusing")
          .then()
          .statusCode(400)
          .contentType(ProblemResponse.MEDIA_TYPE)
          .body("detail", containsString("Line 1"));
    }
  }

  @Test
  void deeplyNestedBodyIsRefused() {
    given()
        .contentType("application/json")
        .body("{\"some_number\": " + "[".repeat(100_000))
        .post("/refusing")
        .then()
        .statusCode(400);
  }

  @Test
  void missingThingIsAProblemToo() {
    given()
        .get("/refusing/missing")
        .then()
        .statusCode(404)
        .contentType(ProblemResponse.MEDIA_TYPE)
        .body("detail", equalTo("There is no study x."));
    given().get("/nowhere").then().statusCode(404);
  }
}
