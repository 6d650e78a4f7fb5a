package io.holdfast.benchmarks;

import io.holdfast.contracts.model.Architecture;
import java.util.ArrayList;
import java.util.List;

/**
 * A model and the batch it is trained with, by a name that the tables use.
 *
 * @param context tokens per sequence
 * @param batch sequences per step
 * @param steps timed steps of one process, unless the command line says otherwise
 */
record ModelSize(String name, Architecture architecture, int context, int batch, int steps) {

  /** The quickstart's model, 1.05M parameters. */
  static final ModelSize QUICKSTART =
      new ModelSize("quickstart", llama(4, 128, 4, 4, 344, 2048, 128, 1e4, true), 128, 8, 30);

  /** 5.40M parameters: large enough that matrix products decide. */
  static final ModelSize MEDIUM =
      new ModelSize("5.4M", llama(6, 256, 8, 4, 688, 4096, 256, 1e4, true), 256, 8, 10);

  /**
   * SmolLM2-135M, the smaller of the papers' models. Two sequences of 512 tokens make a step of
   * seconds on one core; a stage's real batch holds a hundred times as many tokens, and AdamW a
   * smaller share of a step, on either side.
   */
  static final ModelSize SMOLLM2_135M =
      new ModelSize("135M", llama(30, 576, 9, 3, 1536, 49_152, 2048, 1e5, true), 512, 2, 3);

  /** EDE's 1B model. Its weights, gradients and moments need 16.5 GB: for GPUs. */
  static final ModelSize EDE_1B =
      new ModelSize("1B", llama(24, 1728, 27, 27, 4608, 49_152, 1024, 1e5, false), 1024, 8, 3);

  static final List<ModelSize> ALL = List.of(QUICKSTART, MEDIUM, SMOLLM2_135M, EDE_1B);

  static ModelSize named(String name) {
    return ALL.stream()
        .filter(size -> size.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no model size %s; there are %s"
                        .formatted(name, ALL.stream().map(ModelSize::name).toList())));
  }

  private static Architecture llama(
      int layers,
      int hidden,
      int heads,
      int kvHeads,
      int ffn,
      int vocab,
      int maxLength,
      double ropeTheta,
      boolean tied) {
    return new Architecture(
        vocab,
        hidden,
        ffn,
        layers,
        heads,
        kvHeads,
        hidden / heads,
        maxLength,
        ropeTheta,
        1e-5,
        tied,
        1 / Math.sqrt(hidden));
  }

  int tokensPerStep() {
    return batch * context;
  }

  /** Steps before the timed ones: allocators and caches are warm after the second. */
  int warmup() {
    return Math.max(2, steps / 4);
  }

  /** Floating-point operations of a training step, in units of 1e9 per token. */
  double gigaflopPerToken() {
    return architecture.trainingFlopsPerToken(context) / 1e9;
  }

  /** The same model and batch as arguments of the Python peer. */
  List<String> peerArguments() {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--layers", architecture.layers());
    add(arguments, "--hidden", architecture.hiddenSize());
    add(arguments, "--heads", architecture.heads());
    add(arguments, "--kv-heads", architecture.kvHeads());
    add(arguments, "--ffn", architecture.intermediateSize());
    add(arguments, "--vocab", architecture.vocabSize());
    add(arguments, "--context", context);
    add(arguments, "--batch", batch);
    add(arguments, "--rope-theta", (int) architecture.ropeTheta());
    if (!architecture.tiedEmbeddings()) {
      arguments.add("--untied");
    }
    return arguments;
  }

  private static void add(List<String> arguments, String name, int value) {
    arguments.add(name);
    arguments.add(Integer.toString(value));
  }
}
