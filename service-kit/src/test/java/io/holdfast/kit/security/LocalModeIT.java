package io.holdfast.kit.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.holdfast.contracts.access.AccessToken;
import io.holdfast.kit.problem.ProblemResponse;
import io.holdfast.kit.testing.TestTokens;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The default: one generated token, one machine. */
@QuarkusTest
@QuarkusTestResource(LocalInfrastructureResource.class)
class LocalModeIT {

  @Inject SecurityConfig config;
  @Inject KnownTokens tokens;

  @BeforeEach
  void asNobody() {
    RestAssured.replaceFiltersWith(List.of());
  }

  @Test
  void theTokenIsMadeOnceForItsOwnerAlone() throws IOException {
    String token = Files.readString(config.tokenFile()).strip();
    assertThat(token).startsWith("hf_").hasSizeGreaterThan(AccessToken.MIN_CHARACTERS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config.tokenFile())))
        .isEqualTo("rw-------");
    assertThat(TokenFile.readOrMake(config.tokenFile())).isEqualTo(token);

    with(token).post("/guarded/admin").then().statusCode(200).body(equalTo("operator"));
    assertThat(tokens.service()).isEqualTo(token);
  }

  @Test
  void whoShowsNoTokenOrAWrongOneIsToldHow() {
    given()
        .get("/guarded/viewer")
        .then()
        .statusCode(401)
        .contentType(ProblemResponse.MEDIA_TYPE)
        .header("WWW-Authenticate", "Bearer")
        .body("problems.code", hasItem("token-missing"))
        .body("problems[0].remedy", containsString("./holdfast status"));
    with("hf_wrong")
        .get("/guarded/viewer")
        .then()
        .statusCode(401)
        .contentType(ProblemResponse.MEDIA_TYPE)
        .body("problems.code", hasItem("token-refused"));
    given()
        .auth()
        .preemptive()
        .basic("admin", "admin")
        .get("/guarded/viewer")
        .then()
        .statusCode(401);
  }

  @Test
  void aRoleIncludesThoseBeforeItAndNoneAfter() {
    as(Roles.RUNNER).get("/guarded/viewer").then().statusCode(200).body(equalTo("test-runner"));
    as(Roles.RUNNER).post("/guarded/runner").then().statusCode(200);
    as(Roles.RUNNER)
        .post("/guarded/admin")
        .then()
        .statusCode(403)
        .contentType(ProblemResponse.MEDIA_TYPE)
        .body("detail", equalTo("This needs the role admin."))
        .body("problems[0].value", equalTo("runner, viewer"));
    as(Roles.VIEWER).post("/guarded/runner").then().statusCode(403);
  }

  @Test
  void anEndpointThatForgotItsRoleIsClosed() {
    given().get("/guarded/forgotten").then().statusCode(401);
    as(Roles.ADMIN).get("/guarded/forgotten").then().statusCode(403);
  }

  @Test
  void probesAndMetricsNeedNoToken() {
    for (String path : new String[] {"/q/health/live", "/q/health/ready", "/q/metrics"}) {
      given().get(path).then().statusCode(200);
    }
  }

  /** DNS rebinding: the browser asks 127.0.0.1 in the name of a stranger's page. */
  @Test
  void anotherNameThanTheMachinesOwnIsRefused() {
    as(Roles.ADMIN)
        .header("Host", "rebound.example.org")
        .get("/guarded/viewer")
        .then()
        .statusCode(421)
        .contentType(ProblemResponse.MEDIA_TYPE)
        .body("problems[0].value", equalTo("rebound.example.org"));
    given().header("Host", "rebound.example.org").get("/q/health/live").then().statusCode(421);
    as(Roles.ADMIN).header("Host", "127.0.0.1:1").get("/guarded/viewer").then().statusCode(200);
  }

  private static RequestSpecification as(String role) {
    return with(TestTokens.of(role));
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
