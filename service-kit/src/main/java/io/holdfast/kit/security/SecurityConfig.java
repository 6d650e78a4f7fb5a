package io.holdfast.kit.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Who is let in. */
@ConfigMapping(prefix = "holdfast.security")
public interface SecurityConfig {

  /** What a service asks of those who call it. */
  enum Mode {
    /** The one generated token, from this machine only. */
    LOCAL,
    /** Tokens that the operator gave and those made with them, from anywhere. */
    TOKEN,
    /** The same, and tokens of an OpenID Connect issuer (quarkus.oidc.*). */
    OIDC
  }

  /** {@code local}: this machine. {@code token}: anywhere. {@code oidc}: an issuer's tokens too. */
  @WithDefault("local")
  Mode mode();

  /**
   * The first admin's token, for frontier-service. Without one, an OpenID Connect issuer has to
   * name an admin.
   */
  Optional<String> token();

  /** Where the token of mode local lies; it is made there, readable to its owner alone. */
  @WithDefault("${holdfast.home:.holdfast}/token")
  Path tokenFile();

  /** What one service shows another, with the role runner; the admin's token when absent. */
  Optional<String> serviceToken();

  /** How long a browser stays signed in after it showed a token. */
  @WithDefault("12h")
  Duration session();

  /** Which names in an issuer's tokens stand for our roles. */
  Names roles();

  /** Names, often of groups, as they are in the claim that quarkus.oidc.roles points to. */
  interface Names {

    /** Names of those who may read. */
    @WithDefault("viewer")
    Set<String> viewer();

    /** Names of those who may also run studies and register tasks. */
    @WithDefault("runner")
    Set<String> runner();

    /** Names of those who may do everything. */
    @WithDefault("admin")
    Set<String> admin();
  }
}
