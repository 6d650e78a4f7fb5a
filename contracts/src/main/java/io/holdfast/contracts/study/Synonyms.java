package io.holdfast.contracts.study;

import java.util.Map;
import java.util.Optional;

/** Names that other tools use for keys of the study language. */
final class Synonyms {

  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("lr", "learning_rate"),
          Map.entry("peak_lr", "learning_rate"),
          Map.entry("min_lr", "min_learning_rate"),
          Map.entry("batch_size", "batch"),
          Map.entry("global_batch_size", "batch"),
          Map.entry("seq_len", "sequence_length"),
          Map.entry("seq_length", "sequence_length"),
          Map.entry("warmup", "warmup_fraction"),
          Map.entry("grad_clip", "clip_norm"),
          Map.entry("max_grad_norm", "clip_norm"),
          Map.entry("num_hidden_layers", "layers"),
          Map.entry("num_layers", "layers"),
          Map.entry("hidden_size", "hidden"),
          Map.entry("intermediate_size", "ffn"),
          Map.entry("num_attention_heads", "heads"),
          Map.entry("num_key_value_heads", "kv_heads"),
          Map.entry("head_dim", "head_size"),
          Map.entry("max_position_embeddings", "context"),
          Map.entry("tie_word_embeddings", "tied_embeddings"),
          Map.entry("rms_norm_eps", "rms_norm_epsilon"),
          Map.entry("vocab_size", "vocab"),
          Map.entry("name", "study"),
          Map.entry("eval", "evaluation"),
          Map.entry("lambda", "fraction"),
          Map.entry("r", "rank"),
          Map.entry("lora_alpha", "alpha"),
          Map.entry("lora_dropout", "dropout"),
          Map.entry("target_modules", "targets"),
          Map.entry("rho", "sam"));

  private Synonyms() {}

  static Optional<String> of(String key) {
    return Optional.ofNullable(KEYS.get(key));
  }
}
