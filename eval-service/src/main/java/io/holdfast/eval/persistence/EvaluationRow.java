package io.holdfast.eval.persistence;

import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.json.Json;
import io.holdfast.eval.evaluation.EvaluationKey;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A score. */
@Entity
@Table(name = "evaluation")
class EvaluationRow {

  @Embeddable
  record Id(
      String sha256,
      @Column(name = "sequence_length") int sequenceLength,
      String corpus,
      @Column(name = "max_tokens") long maxTokens) {}

  @EmbeddedId Id id;

  /** {@link LossResult} as JSON. */
  String result;

  EvaluationKey key() {
    return new EvaluationKey(id.sha256(), id.sequenceLength(), id.corpus(), id.maxTokens());
  }

  /**
   * Whether it is known how many tokens were read. Scores of old do not say, and where fewer were
   * scored than asked for, the split may be shorter or only completions are scored.
   */
  boolean saysWhatWasRead() {
    LossResult score = score();
    return score.readTokens() != null || score.tokens() == id.maxTokens();
  }

  LossResult score() {
    return Json.read(result, LossResult.class);
  }
}
