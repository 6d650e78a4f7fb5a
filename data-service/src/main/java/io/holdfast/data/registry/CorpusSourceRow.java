package io.holdfast.data.registry;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Table {@code corpus_source}. */
@Entity
@Table(name = "corpus_source")
public class CorpusSourceRow extends PanacheEntityBase {

  /** See {@link io.holdfast.data.corpus.CorpusSources#state}. */
  @Id public String state;

  @Column(name = "corpus_id")
  public String corpusId;

  @Column(name = "read_at")
  public Instant readAt;

  static void upsert(String state, String corpusId, Instant now) {
    getEntityManager()
        .createNativeQuery(
            """
            insert into corpus_source values (?1, ?2, ?3)
            on conflict (state) do update set corpus_id = excluded.corpus_id""")
        .setParameter(1, state)
        .setParameter(2, corpusId)
        .setParameter(3, now)
        .executeUpdate();
  }
}
