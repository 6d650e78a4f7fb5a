package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether tensors that anybody may have written are the weights of a Llama. */
final class LlamaCheck {

  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final String HEAD = "lm_head.weight";

  /** RoPE's frequencies, which transformers stored until 4.32; they follow from config.json. */
  private static final String BUFFER = "rotary_emb.inv_freq";

  private static final Set<TensorType> READABLE =
      EnumSet.of(TensorType.F32, TensorType.F16, TensorType.BF16);

  private final Architecture architecture;
  private final TensorSource weights;

  LlamaCheck(Architecture architecture, TensorSource weights) {
    this.architecture = architecture;
    this.weights = weights;
  }

  /**
   * Checks names, shapes and types.
   *
   * @throws UnusableArtifactException when a tensor is missing, misshapen, of a type that is not
   *     read, or has no place in the engine's Llama
   */
  void run() {
    checks().forEach(Runnable::run);
  }

  /** Reports what {@link #run} would stop at, and what it would find behind that. */
  void run(Refusals refusals) {
    checks().forEach(refusals::pass);
  }

  private List<Runnable> checks() {
    Map<String, List<Long>> shapes = LlamaTensors.shapes(architecture);
    List<Runnable> checks = new ArrayList<>();
    shapes.forEach((name, shape) -> checks.add(() -> require(name, shape)));
    for (String name : weights.names()) {
      if (architecture.tiedEmbeddings() && name.equals(HEAD)) {
        checks.add(this::requireCopyOfEmbedding);
      } else if (!shapes.containsKey(name) && !name.endsWith(BUFFER)) {
        checks.add(() -> refuseUnknown(name));
      }
    }
    return checks;
  }

  private void refuseUnknown(String name) {
    throw unusable(
        name,
        "tensor-unknown",
        "The engine's Llama has no such tensor.",
        "Use a LlamaForCausalLM without biases or additions.");
  }

  private void require(String name, List<Long> shape) {
    TensorInfo found = weights.info(name);
    if (!found.shape().equals(shape)) {
      throw unusable(
          name + " of " + found.shape(),
          "tensor-shape",
          "The configuration wants shape %s.".formatted(shape),
          "Use the config.json that belongs to the weights.");
    }
    if (!READABLE.contains(found.type())) {
      throw unusable(
          name + " of " + found.type(),
          "tensor-type",
          "Only F32, F16 and BF16 are read.",
          "Have the model saved in one of these types, without quantization.");
    }
  }

  /** A model that says it is tied must not have an output projection of its own. */
  private void requireCopyOfEmbedding() {
    var embedding = weights.holding(EMBEDDING).bytes(EMBEDDING);
    if (weights.holding(HEAD).bytes(HEAD).mismatch(embedding) >= 0) {
      throw unusable(
          HEAD,
          "tensor-untied",
          "It differs from the embeddings, but the configuration ties the two.",
          "Set tie_word_embeddings to what the model was trained with.");
    }
  }

  private UnusableArtifactException unusable(
      String value, String code, String message, String remedy) {
    String name = value.contains(" ") ? value.substring(0, value.indexOf(' ')) : value;
    return new UnusableArtifactException(
        Problem.at(weights.holding(name).file().toString(), code, value, message, remedy));
  }
}
