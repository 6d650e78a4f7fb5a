package io.holdfast.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kit.problem.ProblemResponse;
import io.holdfast.kit.security.Roles;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** Calls every endpoint of the service under test with every role and with none. */
public final class EndpointAccess {

  private static final List<String> OPEN = List.of("/q/health/live", "/q/metrics", "/q/openapi");

  private EndpointAccess() {}

  /** Each endpoint lets in who has its role, and nobody else; the guide's table says the same. */
  public static void verify(String service) throws Exception {
    List<Endpoint> endpoints = Endpoint.in(Path.of("target/classes"));
    assertThat(endpoints).isNotEmpty().allMatch(e -> e.role() != null, "says who may call it");
    new EndpointTable(service, endpoints).verify();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Endpoint endpoint : endpoints) {
        refuses(client, endpoint, 401, null);
        refuses(client, endpoint, 401, "hf_nobody-0123456789-0123456789-0123456789");
        refuses(client, endpoint, 401, "eyJhbGciOiJub25lIn0.eyJncm91cHMiOlsiYWRtaW4iXX0.");
        for (String role : Roles.ascending()) {
          if (Roles.upTo(role).contains(endpoint.role())) {
            assertThat(status(client, endpoint, TestTokens.of(role)))
                .as("%s %s", role, endpoint)
                .isNotIn(401, 403);
          } else {
            refuses(client, endpoint, 403, TestTokens.of(role));
          }
        }
      }
      for (String open : OPEN) {
        Endpoint endpoint = new Endpoint("GET", open, null, java.util.Optional.empty());
        assertThat(status(client, endpoint, null)).as(open).isNotIn(401, 403, 404);
      }
    }
  }

  private static void refuses(HttpClient client, Endpoint endpoint, int status, String token)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = call(client, endpoint, token);
    try (InputStream body = answer.body()) {
      assertThat(answer.statusCode()).as("%s with %s", endpoint, token).isEqualTo(status);
      assertThat(answer.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith(ProblemResponse.MEDIA_TYPE));
      assertThat(new String(body.readAllBytes())).contains("remedy").doesNotContain("hf_");
    }
  }

  private static int status(HttpClient client, Endpoint endpoint, String token)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = call(client, endpoint, token);
    // A stream of events has no end.
    answer.body().close();
    return answer.statusCode();
  }

  private static HttpResponse<InputStream> call(HttpClient client, Endpoint endpoint, String token)
      throws IOException, InterruptedException {
    String path = endpoint.path().replaceAll("\\{[^}]*}", "none");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .method(endpoint.method(), BodyPublishers.ofString(""));
    endpoint.consumes().ifPresent(type -> request.header("content-type", type));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }
}
