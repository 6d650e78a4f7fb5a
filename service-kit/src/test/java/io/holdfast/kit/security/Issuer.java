package io.holdfast.kit.security;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;

/** An OpenID Connect issuer: its discovery document and its key. Tokens are signed by the tests. */
public final class Issuer implements QuarkusTestResourceLifecycleManager {

  /** For the tests, which Quarkus loads with other class loaders than this. */
  static final String KEY = "test.issuer.private-key";

  private HttpServer server;
  private KeyPair keys;

  @Override
  public Map<String, String> start() {
    try {
      keys = newKeys();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/.well-known/openid-configuration", call -> answer(call, discovery()));
    server.createContext("/keys", call -> answer(call, keySet()));
    server.start();
    return Map.of(
        "quarkus.oidc.auth-server-url",
        address(),
        KEY,
        Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  static KeyPair newKeys() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String discovery() {
    return """
        {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "authorization_endpoint": "%1$s/authorize",
         "token_endpoint": "%1$s/token", "id_token_signing_alg_values_supported": ["RS256"],
         "response_types_supported": ["code"], "subject_types_supported": ["public"]}"""
        .formatted(address());
  }

  private String keySet() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return """
        {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1", "n": "%s", "e": "%s"}]}"""
        .formatted(number(key.getModulus()), number(key.getPublicExponent()));
  }

  /** Unsigned, as RFC 7518 has it. */
  private static String number(java.math.BigInteger value) {
    byte[] bytes = value.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    byte[] unsigned = java.util.Arrays.copyOfRange(bytes, sign, bytes.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
  }

  private static void answer(HttpExchange call, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(200, body.length);
    try (var out = call.getResponseBody()) {
      out.write(body);
    }
  }
}
