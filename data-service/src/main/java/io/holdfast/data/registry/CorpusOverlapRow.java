package io.holdfast.data.registry;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;

/** Table {@code corpus_overlap}. */
@Entity
@Table(name = "corpus_overlap")
public class CorpusOverlapRow extends PanacheEntityBase {

  /** Hash of the corpora's ids, the parts and the method. */
  @Id public String id;

  @Column(name = "result_json", nullable = false)
  public String resultJson;

  /** What the result was counted from; null for several corpora together. */
  public byte[] sightings;

  /** The result alone: what it was counted from may be large. */
  static Optional<String> result(String id) {
    return getEntityManager()
        .createQuery("select resultJson from CorpusOverlapRow where id = ?1", String.class)
        .setParameter(1, id)
        .getResultStream()
        .findFirst();
  }

  static List<byte[]> sightings(List<String> ids) {
    return getEntityManager()
        .createQuery("select sightings from CorpusOverlapRow where id in ?1", byte[].class)
        .setParameter(1, ids)
        .getResultList();
  }

  static void insert(String id, String resultJson, byte[] sightings) {
    getEntityManager()
        .createNativeQuery(
            "insert into corpus_overlap (id, result_json, sightings) values (?1, ?2, ?3)"
                + " on conflict do nothing")
        .setParameter(1, id)
        .setParameter(2, resultJson)
        .setParameter(3, sightings)
        .executeUpdate();
  }
}
