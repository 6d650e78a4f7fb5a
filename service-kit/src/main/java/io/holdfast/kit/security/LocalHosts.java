package io.holdfast.kit.security;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.kit.problem.ProblemResponse;
import io.holdfast.kit.security.SecurityConfig.Mode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/**
 * On one machine, answers only to the machine's own names: a web page of a stranger can point its
 * own name at 127.0.0.1 (DNS rebinding), but not change the name that the browser sends.
 */
@ApplicationScoped
class LocalHosts {

  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final int MISDIRECTED = 421;

  /** Before anything else looks at the request; CORS is at 300. */
  private static final int FIRST = 1000;

  private final boolean local;

  @Inject
  LocalHosts(SecurityConfig config) {
    this.local = config.mode() == Mode.LOCAL;
  }

  void guard(@Observes Filters filters) {
    if (local) {
      filters.register(LocalHosts::check, FIRST);
    }
  }

  private static void check(RoutingContext call) {
    HostAndPort host = call.request().authority();
    if (host != null && NAMES.contains(host.host())) {
      call.next();
      return;
    }
    call.response()
        .setStatusCode(MISDIRECTED)
        .putHeader("content-type", ProblemResponse.MEDIA_TYPE)
        .end(Json.write(problem(host)));
  }

  private static ProblemResponse problem(HostAndPort host) {
    return new ProblemResponse(
        "urn:holdfast:problem:wrong-host",
        "Misdirected Request",
        MISDIRECTED,
        "This Holdfast answers to its own machine only.",
        List.of(
            Problem.at(
                "Host",
                "wrong-host",
                host == null ? null : host.host(),
                "The address is not one of this machine's.",
                "Use 127.0.0.1 or localhost, or set holdfast.security.mode to token or oidc.")));
  }
}
