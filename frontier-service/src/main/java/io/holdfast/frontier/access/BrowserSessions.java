package io.holdfast.frontier.access;

import io.holdfast.kit.security.KnownTokens;
import io.holdfast.kit.security.SecurityConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * What a browser keeps instead of a token: until when it may read, signed. Nothing is stored, and a
 * restart signs nobody out, because the key comes from the token that services know each other by.
 */
@ApplicationScoped
public class BrowserSessions {

  private final SignedTime ends;
  private final Duration life;
  private final Clock clock = Clock.systemUTC();

  @Inject
  BrowserSessions(KnownTokens tokens, SecurityConfig config) {
    this.ends = new SignedTime(tokens.service(), "holdfast browser sessions");
    this.life = config.session();
  }

  Duration life() {
    return life;
  }

  /** A session from now on. */
  String open() {
    return ends.sign(clock.instant().plus(life));
  }

  /** Whether a session was opened here and has not ended. */
  boolean isGood(String session) {
    return ends.isAfter(session, clock.instant());
  }
}
