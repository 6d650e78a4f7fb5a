package io.holdfast.kit.security;

import io.holdfast.contracts.access.AccessToken;
import io.holdfast.kit.security.SecurityConfig.Mode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A service that would be open to strangers does not start. */
@ApplicationScoped
class SecurityCheck {

  private static final int FIRST = 1;

  private final SecurityConfig config;
  private final KnownTokens tokens;
  private final String address;
  private final Optional<String> certificate;
  private final Optional<String> withoutTls;

  @Inject
  SecurityCheck(
      SecurityConfig config,
      KnownTokens tokens,
      @ConfigProperty(name = "quarkus.http.host") String address,
      @ConfigProperty(name = "quarkus.http.tls-configuration-name") Optional<String> certificate,
      @ConfigProperty(name = "quarkus.http.insecure-requests") Optional<String> withoutTls) {
    this.config = config;
    this.tokens = tokens;
    this.address = address;
    this.certificate = certificate;
    this.withoutTls = withoutTls;
  }

  void onStart(@Observes @Priority(FIRST) StartupEvent event) {
    if (config.mode() == Mode.LOCAL && !isLoopback(address)) {
      throw new IllegalStateException(
          ("quarkus.http.host is %s, and holdfast.security.mode local is for this machine alone."
                  + " Listen on 127.0.0.1, or set the mode to token or oidc.")
              .formatted(address));
    }
    if (certificate.isPresent() && withoutTls.isEmpty()) {
      throw new IllegalStateException(
          "This service has a certificate, and would take tokens without TLS too: set"
              + " quarkus.http.insecure-requests to disabled, or to enabled if it shall.");
    }
    if (tokens.service() == null) {
      throw new IllegalStateException(
          "Services know each other by holdfast.security.service-token, or else by"
              + " holdfast.security.token: give one, the same to all of them.");
    }
    Stream.concat(config.token().stream(), config.serviceToken().stream())
        .filter(token -> token.length() < AccessToken.MIN_CHARACTERS)
        .findAny()
        .ifPresent(
            _ -> {
              throw new IllegalStateException(
                  "A token in holdfast.security has fewer than %d characters; make one with ./holdfast token."
                      .formatted(AccessToken.MIN_CHARACTERS));
            });
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
