package io.holdfast.contracts.study;

import java.util.List;

/** Every key of the study language, section by section. The JSON Schema has the same sections. */
enum Vocabulary {
  STUDY(
      "study",
      "include",
      "parameters",
      "study",
      "question",
      "model",
      "tokenizer",
      "corpora",
      "stages",
      "recipes",
      "seeds",
      "evaluation",
      "compute_matched",
      "leakage",
      "claims"),
  COMPUTE_MATCHED("compute_matched", "tolerance"),
  MODEL(
      "model",
      "base",
      "preset",
      "layers",
      "hidden",
      "heads",
      "kv_heads",
      "head_size",
      "ffn",
      "context",
      "rope_theta",
      "rms_norm_epsilon",
      "tied_embeddings",
      "initializer_range"),
  TOKENIZER("tokenizer", "vocab", "train_on", "path"),
  CORPUS("corpus", "embedded", "path", "task", "split", "tokens", "dev", "test", "loss"),
  STAGES("stages", "pretrain", "post_train", "fine_tune", "allocation", "sweep"),
  RECIPE("recipe", "pretrain", "post_train", "fine_tune", "allocation", "sweep"),
  SWEEP("sweep", "paired", "random"),
  RANDOM("random", "draws", "seed", "values"),
  DISTRIBUTION("distribution", "uniform", "log_uniform", "whole", "choice"),
  PRETRAIN("pretrain", stage("exposure")),
  POST_TRAIN("post_train", stage("replay")),
  FINE_TUNE("fine_tune", stage("replay")),
  EXPOSURE("exposure", "fraction", "corpus", "mode", "from", "until"),
  REPLAY("replay", "fraction", "corpus"),
  LORA("lora", "rank", "alpha", "dropout", "targets"),
  EWC("ewc", "strength", "corpus", "tokens"),
  DROPOUT("dropout", "embedding", "attention", "residual", "mlp"),
  EARLY_STOPPING("early_stopping", "every_tokens", "every_epochs", "patience", "tokens", "corpus"),
  MARKS("marks", "every"),
  WEIGHT_NOISE("weight_noise", "sigma", "seeds", "scale"),
  EVALUATION(
      "evaluation",
      "tokens",
      "pretrain",
      "post_train",
      "fine_tune",
      "interpolate",
      "weight_noise",
      "tasks"),
  EVALUATED_TASK("evaluated_task", "task", "split", "few_shot", "seed", "limit", "metric"),
  CLAIM(
      "claim",
      "dominates",
      "retains_more",
      "largest_gain",
      "latent",
      "interior_minimum",
      "trend",
      "complementary",
      "law_parameter",
      "law_predicts"),
  DOMINATES("dominates", "recipe", "over", "projection", "margin"),
  RETAINS_MORE("retains_more", "recipe", "over", "task", "split", "few_shot", "metric"),
  LARGEST_GAIN("largest_gain", "recipe", "over", "at"),
  LATENT("latent", "recipe", "over", "along", "recipes", "margin"),
  INTERIOR_MINIMUM("interior_minimum", "metric", "along", "recipes"),
  TREND("trend", "metric", "along", "direction", "recipes", "margin", "task", "split", "few_shot"),
  COMPLEMENTARY("complementary", "factors", "recipes"),
  LAW_PARAMETER("law_parameter", "of", "parameter", "between", "recipe"),
  LAW_PREDICTS("law_predicts", "of", "error", "recipe");

  private final String section;
  private final List<String> keys;

  Vocabulary(String section, String... keys) {
    this.section = section;
    this.keys = List.of(keys);
  }

  /** Name of the section, as in the schema's {@code $defs}. */
  String section() {
    return section;
  }

  List<String> keys() {
    return keys;
  }

  private static String[] stage(String mixed) {
    return new String[] {
      "corpus",
      "corpora",
      "without_first",
      "tokens",
      "epochs",
      "flops",
      "sequence_length",
      "batch",
      "learning_rate",
      "min_learning_rate",
      "schedule",
      "warmup_steps",
      "warmup_fraction",
      "decay_fraction",
      "betas",
      "epsilon",
      "weight_decay",
      "clip_norm",
      "dropout",
      "precision",
      "lora",
      "l2_to_init",
      "ewc",
      "sam",
      "document_mask",
      "optimizer_state",
      "early_stopping",
      "marks",
      mixed
    };
  }
}
