package io.holdfast.frontier.access;

import io.holdfast.kit.security.Bearer;
import io.holdfast.kit.security.Roles;
import io.holdfast.kit.security.TokenIdentities;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * Lets a browser that is signed in read, and do nothing else: a page that makes a browser send a
 * request of its own making can change nothing, and no other page is shown an answer.
 */
@ApplicationScoped
public class SessionMechanism implements HttpAuthenticationMechanism {

  private static final Bearer BROWSER = new Bearer("browser", Roles.VIEWER);
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  /** What browsers say of requests that the address bar or our own page made. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final BrowserSessions sessions;

  @Inject
  SessionMechanism(BrowserSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(RoutingContext call, IdentityProviderManager known) {
    HttpServerRequest request = call.request();
    Cookie cookie = request.getCookie(cookieName(request));
    boolean in =
        cookie != null
            && READING.contains(request.method())
            && isFromOurPages(request)
            && sessions.isGood(cookie.getValue());
    return in
        ? Uni.createFrom().item(TokenIdentities.identity(BROWSER))
        : Uni.createFrom().nullItem();
  }

  /** Browsers that do not say it yet still send no cookie to another site (SameSite). */
  private static boolean isFromOurPages(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site == null || OWN_SITES.contains(site);
  }

  /** Browsers keep cookies by host and not by port, and one machine may run many systems. */
  static String cookieName(HttpServerRequest request) {
    return "holdfast-" + request.authority().port();
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext call) {
    return Uni.createFrom().nullItem();
  }
}
