package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.agroal.api.AgroalDataSource;
import io.holdfast.contracts.access.AccessToken;
import io.holdfast.kit.security.Roles;
import io.holdfast.kit.security.Token;
import io.holdfast.kit.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tokens for machines, from the first to the last use. */
@QuarkusTest
class TokensIT extends StudyFixture {

  @Inject AgroalDataSource database;

  @Test
  void aTokenIsShownOnceUsedAndRevoked() {
    JsonPath issued = issue("{\"name\": \"nightly\", \"role\": \"runner\", \"days\": 30}");
    String token = issued.getString("token");
    assertThat(token).startsWith(AccessToken.PREFIX);
    assertThat(Duration.between(instant(issued, "created_at"), instant(issued, "expires_at")))
        .isEqualTo(Duration.ofDays(30));
    studies(token).statusCode(200);
    with(token).get("/api/tokens").then().statusCode(403);

    String id = issued.getString("id");
    given()
        .get("/api/tokens")
        .then()
        .body("find { it.id == '%s' }.name".formatted(id), equalTo("nightly"))
        .body("find { it.id == '%s' }.created_by".formatted(id), equalTo("test-admin"))
        .body("find { it.id == '%s' }.last_used_at".formatted(id), matchesPattern("20.*Z"))
        .body("token", not(hasItem(token)));

    given().delete("/api/tokens/{id}", id).then().statusCode(204);
    studies(token).statusCode(401).body("problems.code", hasItem("token-refused"));
    given().delete("/api/tokens/{id}", id).then().statusCode(404);
  }

  @Test
  void whatIsStoredIsNotTheToken() throws SQLException {
    String token = issue("{\"name\": \"hashed\", \"role\": \"viewer\"}").getString("token");
    try (Connection connection = database.getConnection();
        PreparedStatement rows =
            connection.prepareStatement("select t::text, sha256 from api_token t where name = ?")) {
      rows.setString(1, "hashed");
      try (ResultSet row = rows.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).doesNotContain(token.substring(AccessToken.PREFIX.length()));
        assertThat(row.getBytes(2)).isEqualTo(Token.sha256(token));
      }
    }
  }

  @Test
  void aTokenEnds() throws SQLException {
    JsonPath issued = issue("{\"name\": \"short\", \"role\": \"viewer\", \"days\": 1}");
    studies(issued.getString("token")).statusCode(200);
    try (Connection connection = database.getConnection();
        PreparedStatement end =
            connection.prepareStatement(
                "update api_token set expires_at = now() - interval '1 second' where id = ?")) {
      end.setString(1, issued.getString("id"));
      assertThat(end.executeUpdate()).isOne();
    }
    studies(issued.getString("token")).statusCode(401);
  }

  @Test
  void whatNoTokenCanBeIsRefused() {
    for (String body :
        new String[] {
          "{\"role\": \"viewer\"}",
          "{\"name\": \"x\", \"role\": \"root\"}",
          "{\"name\": \"x\", \"role\": \"viewer\", \"days\": 367}",
          ""
        }) {
      given().contentType("application/json").body(body).post("/api/tokens").then().statusCode(400);
    }
    with(TestTokens.of(Roles.RUNNER))
        .contentType("application/json")
        .body("{\"name\": \"x\", \"role\": \"admin\"}")
        .post("/api/tokens")
        .then()
        .statusCode(403);
  }

  private static JsonPath issue(String body) {
    return given()
        .contentType("application/json")
        .body(body)
        .post("/api/tokens")
        .then()
        .statusCode(201)
        .header("Cache-Control", "no-store")
        .extract()
        .jsonPath();
  }

  private static Instant instant(JsonPath json, String name) {
    return Instant.parse(json.getString(name));
  }

  private static ValidatableResponse studies(String token) {
    return with(token).get("/api/studies").then();
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
