package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.model.Architecture;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and shapes of a Llama's weights as Hugging Face's {@code LlamaForCausalLM} stores them.
 * Matrices are [outputs, inputs]; a tied output projection is not stored.
 */
public final class LlamaTensors {

  /** The token embeddings, and the output projection when it is tied to them. */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  private LlamaTensors() {}

  /** Shape by name, in the order of the forward pass. */
  public static Map<String, List<Long>> shapes(Architecture model) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    long hidden = model.hiddenSize();
    long wide = model.intermediateSize();
    long queries = (long) model.heads() * model.headSize();
    long keys = (long) model.kvHeads() * model.headSize();
    shapes.put(EMBEDDING, List.of((long) model.vocabSize(), hidden));
    for (int layer = 0; layer < model.layers(); layer++) {
      String block = "model.layers." + layer + ".";
      shapes.put(block + "input_layernorm.weight", List.of(hidden));
      shapes.put(block + "self_attn.q_proj.weight", List.of(queries, hidden));
      shapes.put(block + "self_attn.k_proj.weight", List.of(keys, hidden));
      shapes.put(block + "self_attn.v_proj.weight", List.of(keys, hidden));
      shapes.put(block + "self_attn.o_proj.weight", List.of(hidden, queries));
      shapes.put(block + "post_attention_layernorm.weight", List.of(hidden));
      shapes.put(block + "mlp.gate_proj.weight", List.of(wide, hidden));
      shapes.put(block + "mlp.up_proj.weight", List.of(wide, hidden));
      shapes.put(block + "mlp.down_proj.weight", List.of(hidden, wide));
    }
    shapes.put("model.norm.weight", List.of(hidden));
    if (!model.tiedEmbeddings()) {
      shapes.put("lm_head.weight", List.of((long) model.vocabSize(), hidden));
    }
    return Collections.unmodifiableMap(shapes);
  }
}
