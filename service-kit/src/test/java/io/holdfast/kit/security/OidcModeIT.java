package io.holdfast.kit.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.holdfast.kit.problem.ProblemResponse;
import io.holdfast.kit.testing.TestTokens;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Tokens of an issuer, signed with a key of this test. */
@QuarkusTest
@TestProfile(OidcModeIT.Oidc.class)
@QuarkusTestResource(LocalInfrastructureResource.class)
@QuarkusTestResource(value = Issuer.class, restrictToAnnotatedClass = true)
class OidcModeIT {

  private static final String OPERATORS = "0123456789-the-operators-own-token";

  /** A cluster of somebody whose people are in groups. */
  public static final class Oidc implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "holdfast.security.mode", "oidc",
          "holdfast.security.token", OPERATORS,
          "holdfast.security.roles.admin", "platform",
          "quarkus.oidc.roles.role-claim-path", "team/groups");
    }
  }

  @ConfigProperty(name = "quarkus.oidc.auth-server-url")
  String issuer;

  @ConfigProperty(name = Issuer.KEY)
  String key;

  @Test
  void theIssuersGroupsAreRoles() throws Exception {
    viewerEndpoint(signed(token("viewer"))).statusCode(200).body(equalTo("ada"));
    adminEndpoint(signed(token("platform", "viewer"))).statusCode(200);
    viewerEndpoint(signed(token("platform"))).statusCode(200);
  }

  @Test
  void whoHasNoRoleHereMayNothing() throws Exception {
    viewerEndpoint(signed(token("strangers")))
        .statusCode(403)
        .contentType(ProblemResponse.MEDIA_TYPE)
        .body("detail", equalTo("This needs the role viewer."));
    adminEndpoint(signed(token("viewer", "runner"))).statusCode(403);
    // Somebody's admin, but not ours: here they are called platform.
    viewerEndpoint(signed(token("admin"))).statusCode(403);
  }

  @Test
  void aTokenMustBeTheIssuersForUsAndStillGood() throws Exception {
    refused(signed(token("platform").expiresAt(Instant.now().minusSeconds(600))));
    refused(signed(token("platform").issuer("https://another.example.org")));
    refused(signed(token("platform").audience("another-application")));
    refused(token("platform").jws().keyId("1").sign(Issuer.newKeys().getPrivate()));
    String good = signed(token("platform"));
    refused(good.substring(0, good.lastIndexOf('.') + 1));
    refused("eyJhbGciOiJub25lIn0" + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1));
  }

  @Test
  void tokensOfOursAreGoodBesideTheIssuers() {
    adminEndpoint(OPERATORS).statusCode(200).body(equalTo("operator"));
    viewerEndpoint(TestTokens.of(Roles.VIEWER)).statusCode(200).body(equalTo("test-viewer"));
    refused("hf_unknown");
  }

  /** A cluster has many names; there, tokens are what protects. */
  @Test
  void anyHostNameWillDo() {
    given().header("Host", "holdfast.example.org").get("/q/health/live").then().statusCode(200);
  }

  private JwtClaimsBuilder token(String... groups) {
    return Jwt.issuer(issuer)
        .audience("holdfast")
        .subject("42")
        .upn("ada")
        .claim("team", Map.of("groups", Set.of(groups)))
        .expiresIn(300);
  }

  private String signed(JwtClaimsBuilder token) throws Exception {
    byte[] bytes = Base64.getDecoder().decode(key);
    PrivateKey own = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    return token.jws().keyId("1").sign(own);
  }

  private static void refused(String token) {
    viewerEndpoint(token)
        .statusCode(401)
        .contentType(ProblemResponse.MEDIA_TYPE)
        .body("problems.code", hasItem("token-refused"));
  }

  private static ValidatableResponse viewerEndpoint(String token) {
    return given().header("Authorization", "Bearer " + token).get("/guarded/viewer").then();
  }

  private static ValidatableResponse adminEndpoint(String token) {
    return given().header("Authorization", "Bearer " + token).post("/guarded/admin").then();
  }
}
