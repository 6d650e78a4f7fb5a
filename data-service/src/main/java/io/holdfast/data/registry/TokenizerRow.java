package io.holdfast.data.registry;

import io.holdfast.contracts.json.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** Table {@code tokenizer}. */
@Entity
@Table(name = "tokenizer")
public class TokenizerRow extends PanacheEntityBase {

  @Id public String id;

  @Column(name = "vocab_size")
  public int vocabSize;

  @Column(name = "end_of_text")
  public int endOfText;

  public String path;

  @Column(name = "trained_on")
  public String trainedOn;

  @Column(name = "registered_at")
  public Instant registeredAt;

  /** Inserts the tokenizer unless it is known; pods may race. */
  static void insert(RegisteredTokenizer tokenizer, Instant now) {
    getEntityManager()
        .createNativeQuery(
            "insert into tokenizer values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing")
        .setParameter(1, tokenizer.id())
        .setParameter(2, tokenizer.vocabSize())
        .setParameter(3, tokenizer.endOfText())
        .setParameter(4, tokenizer.path())
        .setParameter(5, Json.write(tokenizer.trainedOn()))
        .setParameter(6, now)
        .executeUpdate();
  }

  RegisteredTokenizer tokenizer() {
    return new RegisteredTokenizer(
        id, vocabSize, endOfText, path, List.of(Json.read(trainedOn, String[].class)));
  }
}
