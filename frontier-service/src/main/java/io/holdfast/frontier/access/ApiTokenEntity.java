package io.holdfast.frontier.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A token that was issued and not revoked. */
@Entity
@Table(name = "api_token")
public class ApiTokenEntity extends PanacheEntityBase {

  @Id public String id;

  public String name;

  public String role;

  public byte[] sha256;

  @Column(name = "created_by")
  public String createdBy;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "expires_at")
  public Instant expiresAt;

  @Column(name = "last_used_at")
  public Instant lastUsedAt;

  /** The token with this hash, unless it has expired. */
  static Optional<ApiTokenEntity> good(byte[] sha256, Instant now) {
    return find("sha256 = ?1 and expiresAt > ?2", sha256, now).firstResultOptional();
  }

  static List<ApiTokenEntity> newestFirst() {
    return list("order by createdAt desc, id");
  }

  /** One write a minute at most, however often it is used. */
  static void used(String id, Instant now) {
    update(
        "lastUsedAt = ?1 where id = ?2 and (lastUsedAt is null or lastUsedAt < ?3)",
        now,
        id,
        now.minusSeconds(60));
  }
}
