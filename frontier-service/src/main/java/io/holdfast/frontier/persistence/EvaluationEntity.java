package io.holdfast.frontier.persistence;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.json.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** Weights of a stage were scored. */
@Entity
@Table(name = "evaluation")
@IdClass(EvaluationEntity.Key.class)
public class EvaluationEntity extends PanacheEntityBase {

  @Id
  @Column(name = "stage_id")
  public String stageId;

  @Id public String sha256;

  /** {@link EvaluationPoint} as JSON. */
  @Id public String point;

  @Id public String corpus;

  /** The first tokens of the split that were read; {@link #tokens} of them are scored. */
  @Id
  @Column(name = "read_tokens")
  public long readTokens;

  public long tokens;

  public double loss;

  @Column(name = "standard_error")
  public double standardError;

  public long windows;
  public long bytes;
  public double perplexity;

  @Column(name = "bits_per_byte")
  public double bitsPerByte;

  @Column(name = "evaluated_at", nullable = false)
  public Instant evaluatedAt;

  /** Number of the last change that the ledger knows of; the database gives it. */
  @Column(insertable = false, updatable = false)
  public long changed;

  static EvaluationEntity of(CheckpointEvaluated event, LossResult result, Instant now) {
    EvaluationEntity entity = new EvaluationEntity();
    entity.stageId = event.stageId();
    entity.sha256 = event.sha256();
    entity.point = Json.write(event.point());
    entity.corpus = result.corpus();
    entity.readTokens = result.knownRead();
    entity.tokens = result.tokens();
    entity.loss = result.lossNatsPerToken();
    entity.standardError = result.standardError();
    entity.windows = result.windows();
    entity.bytes = result.bytes();
    entity.perplexity = result.perplexity();
    entity.bitsPerByte = result.bitsPerByte();
    entity.evaluatedAt = now;
    return entity;
  }

  /** Primary key. */
  public static class Key implements Serializable {
    public String stageId;
    public String sha256;
    public String point;
    public String corpus;
    public long readTokens;

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(stageId, key.stageId)
          && Objects.equals(sha256, key.sha256)
          && Objects.equals(point, key.point)
          && Objects.equals(corpus, key.corpus)
          && readTokens == key.readTokens;
    }

    @Override
    public int hashCode() {
      return Objects.hash(stageId, sha256, point, corpus, readTokens);
    }
  }
}
