package io.holdfast.task.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Which task services the operator lets this service speak to. */
@ConfigMapping(prefix = "holdfast.tasks")
public interface TasksConfig {

  /**
   * Names or addresses, each with or without a port; {@code *.example.org} for all below a domain,
   * {@code *} for any. None: no task services.
   */
  Optional<List<String>> hosts();

  /** Whether a task service may run on this machine. */
  @WithDefault("false")
  boolean allowLoopback();

  /** Whether a task service may have an address of a private network, as in a cluster. */
  @WithDefault("false")
  boolean allowPrivate();

  /** Whether a task service may have a link-local address, as clouds' metadata services have. */
  @WithDefault("false")
  boolean allowLinkLocal();

  /**
   * Which {@code quarkus.tls.<name>.*} says whose certificates are trusted over HTTPS, and what is
   * shown to services that ask for one; without it, the public authorities are.
   */
  Optional<String> tlsConfigurationName();
}
