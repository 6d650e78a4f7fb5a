package io.holdfast.frontier.statistics;

/** The four losses of a lineage (EDE §1), each a mean held-out cross-entropy in nats per token. */
public enum Metric {
  /** Post-training corpus, before fine-tuning. */
  IMMEDIATE("L_im", "post-training loss before fine-tuning"),
  /** Post-training corpus, after fine-tuning. */
  RETAINED("L_ret", "post-training loss after fine-tuning"),
  /** Fine-tuning corpus, after fine-tuning. */
  FINE_TUNED("L_ft", "fine-tuning loss after fine-tuning"),
  /** Pretraining corpus, after fine-tuning. */
  PRETRAINED("L_pre", "pretraining loss after fine-tuning");

  private final String symbol;
  private final String meaning;

  Metric(String symbol, String meaning) {
    this.symbol = symbol;
    this.meaning = meaning;
  }

  /** As the papers write it, such as {@code L_ret}. */
  public String symbol() {
    return symbol;
  }

  /** A short phrase in plain words. */
  public String meaning() {
    return meaning;
  }
}
