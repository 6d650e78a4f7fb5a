package io.holdfast.data.registry;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Table {@code corpus_overlap}. */
@Entity
@Table(name = "corpus_overlap")
public class CorpusOverlapRow extends PanacheEntityBase {

  /** Hash of both corpora's ids, the part and the method. */
  @Id public String id;

  @Column(name = "result_json", nullable = false)
  public String resultJson;

  static void insert(String id, String resultJson) {
    getEntityManager()
        .createNativeQuery("insert into corpus_overlap values (?1, ?2) on conflict do nothing")
        .setParameter(1, id)
        .setParameter(2, resultJson)
        .executeUpdate();
  }
}
