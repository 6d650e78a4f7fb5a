package io.holdfast.frontier.access;

import io.holdfast.contracts.access.AccessToken;
import io.holdfast.kit.security.Bearer;
import io.holdfast.kit.security.IssuedTokens;
import io.holdfast.kit.security.Token;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Tokens for machines, as admins issue and revoke them. */
@ApplicationScoped
public class ApiTokens implements IssuedTokens {

  private static final Logger LOG = Logger.getLogger(ApiTokens.class);

  private final Clock clock = Clock.systemUTC();

  /** A token as it is shown once, beside what is known of it ever after. */
  record Issued(String token, ApiTokenEntity entity) {}

  /** Makes a token. */
  @Transactional
  Issued issue(String name, String role, Duration life, String by) {
    String token = AccessToken.random();
    Instant now = clock.instant();
    ApiTokenEntity entity = new ApiTokenEntity();
    entity.id = UUID.randomUUID().toString();
    entity.name = name;
    entity.role = role;
    entity.sha256 = Token.sha256(token);
    entity.createdBy = by;
    entity.createdAt = now;
    entity.expiresAt = now.plus(life);
    entity.persist();
    LOG.infof("%s issued the token %s (%s, %s)", by, entity.id, name, role);
    return new Issued(token, entity);
  }

  /** All that are not revoked, the newest first. */
  @Transactional
  List<ApiTokenEntity> all() {
    return ApiTokenEntity.newestFirst();
  }

  /** Whether there was such a token; from now on it is not known. */
  @Transactional
  boolean revoke(String id, String by) {
    boolean known = ApiTokenEntity.deleteById(id);
    if (known) {
      LOG.infof("%s revoked the token %s", by, id);
    }
    return known;
  }

  @Override
  @Transactional
  public Optional<Bearer> bearerOf(String token) {
    Instant now = clock.instant();
    Optional<ApiTokenEntity> found = ApiTokenEntity.good(Token.sha256(token), now);
    found.ifPresent(entity -> ApiTokenEntity.used(entity.id, now));
    return found.map(entity -> new Bearer(entity.name, entity.role));
  }
}
