package io.holdfast.data.pieces;

import io.holdfast.data.tokenization.Buckets;
import io.holdfast.data.tokenization.Division;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** Table {@code tokenization}. */
@Entity
@Table(name = "tokenization")
public class TokenizationRow extends PanacheEntityBase {

  @Id public String id;

  @Column(name = "corpus_id")
  public String corpusId;

  @Column(name = "tokenizer_id")
  public String tokenizerId;

  public int parts;
  public int buckets;

  @Enumerated(EnumType.STRING)
  public Tokenization.State state;

  public int priority;

  @Column(name = "begun_at")
  public Instant begunAt;

  static Optional<Tokenization> find(String id) {
    return TokenizationRow.<TokenizationRow>findByIdOptional(id).map(TokenizationRow::tokenization);
  }

  /** The row, locked until the transaction ends. */
  static Optional<TokenizationRow> lock(String id) {
    return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** Inserts it, unless it is there; pods may race. */
  static boolean insert(Tokenization begun, int priority, Instant now) {
    return getEntityManager()
            .createNativeQuery(
                "insert into tokenization values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                    + " on conflict (id) do nothing")
            .setParameter(1, begun.id())
            .setParameter(2, begun.corpus())
            .setParameter(3, begun.tokenizer())
            .setParameter(4, begun.division().parts())
            .setParameter(5, begun.division().buckets().count())
            .setParameter(6, begun.state().name())
            .setParameter(7, priority)
            .setParameter(8, now)
            .executeUpdate()
        == 1;
  }

  Tokenization tokenization() {
    return new Tokenization(
        corpusId, tokenizerId, new Division(parts, new Buckets(buckets)), state);
  }
}
