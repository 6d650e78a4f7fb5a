package io.holdfast.kit.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityCheckTest {

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  /** Settings of Quarkus' own. */
  private static final String CERTIFICATE = "quarkus.http.tls-configuration-name";

  private static final String WITHOUT_TLS = "quarkus.http.insecure-requests";

  @TempDir Path home;

  @Test
  void localModeListensOnThisMachineOnly() {
    assertThatThrownBy(() -> start("0.0.0.0", Map.of()))
        .hasMessageContainingAll("0.0.0.0", "holdfast.security.mode", "127.0.0.1");
    for (String loopback : new String[] {"127.0.0.1", "localhost", "::1"}) {
      assertThatCode(() -> start(loopback, Map.of())).doesNotThrowAnyException();
    }
  }

  @Test
  void elsewhereServicesNeedATokenToKnowEachOther() {
    for (String mode : new String[] {"token", "oidc"}) {
      Map<String, String> settings = Map.of("mode", mode);
      assertThatThrownBy(() -> start("0.0.0.0", settings))
          .hasMessageContaining("holdfast.security.service-token");
      assertThatCode(() -> start("0.0.0.0", with(settings, "token", TOKEN)))
          .doesNotThrowAnyException();
      assertThatCode(() -> start("0.0.0.0", with(settings, "service-token", TOKEN)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void whoHasACertificateSaysWhetherRequestsWithoutTlsAreTaken() {
    Map<String, String> settings = Map.of("mode", "token", "token", TOKEN, CERTIFICATE, "https");
    assertThatThrownBy(() -> start("0.0.0.0", settings))
        .hasMessageContainingAll("quarkus.http.insecure-requests", "disabled");
    for (String choice : new String[] {"disabled", "redirect", "enabled"}) {
      assertThatCode(() -> start("0.0.0.0", with(settings, WITHOUT_TLS, choice)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aTokenThatCanBeGuessedIsRefusedAndNotRepeated() throws IOException {
    assertThatThrownBy(() -> start("127.0.0.1", Map.of("mode", "token", "token", "password")))
        .hasMessageContaining("fewer than 32 characters")
        .hasMessageNotContaining("password");
    Path file = Files.writeString(home.resolve("token"), "password\n");
    assertThatThrownBy(() -> start("127.0.0.1", Map.of()))
        .hasMessageContainingAll(file.toString(), "fewer than 32 characters")
        .hasMessageNotContaining("password");
  }

  private void start(String address, Map<String, String> settings) {
    SecurityConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(SecurityConfig.class)
            .withDefaultValue("holdfast.home", home.toString())
            .withDefaultValues(prefixed(settings))
            .build()
            .getConfigMapping(SecurityConfig.class);
    new SecurityCheck(
            config,
            new KnownTokens(config, null),
            address,
            Optional.ofNullable(settings.get(CERTIFICATE)),
            Optional.ofNullable(settings.get(WITHOUT_TLS)))
        .onStart(null);
  }

  private static Map<String, String> prefixed(Map<String, String> settings) {
    Map<String, String> prefixed = new HashMap<>();
    settings.forEach(
        (key, value) ->
            prefixed.put(key.startsWith("quarkus") ? key : "holdfast.security." + key, value));
    return prefixed;
  }

  private static Map<String, String> with(Map<String, String> settings, String key, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(key, value);
    return more;
  }
}
