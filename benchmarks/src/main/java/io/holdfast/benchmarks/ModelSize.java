package io.holdfast.benchmarks;

import io.holdfast.contracts.model.Architecture;
import java.util.List;

/**
 * A model and the batch it is trained with, by a name that the tables use.
 *
 * @param batch sequences per step
 * @param context tokens per sequence
 */
record ModelSize(
    String name,
    int layers,
    int hidden,
    int heads,
    int kvHeads,
    int ffn,
    int vocab,
    int context,
    int batch) {

  /** The quickstart's model, 1.05M parameters. */
  static final ModelSize QUICKSTART = new ModelSize("quickstart", 4, 128, 4, 4, 344, 2048, 128, 8);

  /** 5.40M parameters: large enough that matrix products decide. */
  static final ModelSize MEDIUM = new ModelSize("5.4M", 6, 256, 8, 4, 688, 4096, 256, 8);

  static final List<ModelSize> ALL = List.of(QUICKSTART, MEDIUM);

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

  Architecture architecture() {
    return new Architecture(
        vocab,
        hidden,
        ffn,
        layers,
        heads,
        kvHeads,
        hidden / heads,
        context,
        10_000,
        1e-5,
        true,
        1 / Math.sqrt(hidden));
  }

  int tokensPerStep() {
    return batch * context;
  }

  /** The same model as arguments of the Python peer. */
  List<String> peerArguments() {
    return List.of(
        "--layers",
        "" + layers,
        "--hidden",
        "" + hidden,
        "--heads",
        "" + heads,
        "--kv-heads",
        "" + kvHeads,
        "--ffn",
        "" + ffn,
        "--vocab",
        "" + vocab,
        "--context",
        "" + context,
        "--batch",
        "" + batch);
  }
}
