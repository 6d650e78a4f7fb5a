package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kit.security.Roles;
import io.holdfast.kit.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Cookie;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A browser that showed a token once. */
@QuarkusTest
class BrowserSessionIT extends StudyFixture {

  private Cookie cookie;

  @BeforeEach
  void signIn() {
    RestAssured.replaceFiltersWith(List.of());
    cookie =
        given()
            .header("Authorization", "Bearer " + TestTokens.of(Roles.ADMIN))
            .post("/api/session")
            .then()
            .statusCode(204)
            .extract()
            .detailedCookie("holdfast-" + RestAssured.port);
  }

  @Test
  void theCookieIsForThisSiteAndNoScript() {
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Strict");
    assertThat(cookie.getMaxAge()).isEqualTo(12 * 60 * 60);
    assertThat(cookie.getValue()).doesNotContain(TestTokens.of(Roles.ADMIN));
  }

  @Test
  void theBrowserReadsAndHearsEvents() throws Exception {
    browser().get("/api/studies").then().statusCode(200);
    browser().header("Sec-Fetch-Site", "same-origin").get("/api/tasks").then().statusCode(200);
    URI events = URI.create("http://localhost:" + RestAssured.port + "/api/events");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(events)
              .header("Cookie", cookie.getName() + "=" + cookie.getValue())
              .build();
      HttpResponse<java.io.InputStream> stream = client.send(request, BodyHandlers.ofInputStream());
      stream.body().close();
      assertThat(stream.statusCode()).isEqualTo(200);
    }
  }

  /** Whoever the token was: a page that makes the browser send something can change nothing. */
  @Test
  void theBrowserChangesNothing() {
    browser().post("/api/studies/none/cancel").then().statusCode(401);
    browser().delete("/api/tasks/none@1").then().statusCode(401);
    browser().get("/api/tokens").then().statusCode(403);
    browser().post("/api/session").then().statusCode(401);
  }

  @Test
  void anotherSitesRequestsAndForgedCookiesAreNobodys() {
    for (String site : new String[] {"cross-site", "same-site"}) {
      browser().header("Sec-Fetch-Site", site).get("/api/studies").then().statusCode(401);
    }
    String later = "9" + cookie.getValue();
    given().cookie(cookie.getName(), later).get("/api/studies").then().statusCode(401);
    given().cookie(cookie.getName(), "").get("/api/studies").then().statusCode(401);
    given().cookie("holdfast-1", cookie.getValue()).get("/api/studies").then().statusCode(401);
  }

  @Test
  void thePageItselfNeedsNoToken() {
    for (String file : new String[] {"/", "/app.js", "/access.js"}) {
      given().get(file).then().statusCode(200);
    }
  }

  private RequestSpecification browser() {
    return given().cookie(cookie.getName(), cookie.getValue());
  }
}
