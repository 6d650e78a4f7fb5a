package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;

/**
 * Bytes that one call that takes gradients needs beside weights and gradients, counted from what
 * the program's text keeps for the backward pass. An upper bound for its peak: {@link #MARGIN} is
 * added to what is counted. It is 1.14 to 1.28 times the measured peak of ten shapes that keep
 * their activations, the gradients of the call among it, and 1.4 to 2.6 times that of four with
 * adapters or recomputed blocks.
 *
 * @param program of the call
 * @param length tokens per sequence, T
 */
record ActivationEstimate(LlamaProgram program, int length) {

  /** For what is not counted: tables, masks of pieces, an allocator's rounding. */
  static final double MARGIN = 1.15;

  /** Of a call with so many sequences. */
  long bytes(long sequences) {
    double tokens = (double) sequences * length;
    return (long) (MARGIN * (tokens * perToken() + logits(tokens) + casts() + mask(sequences)));
  }

  private double perToken() {
    Architecture model = program.architecture();
    double width = model.hiddenSize();
    double block = block();
    double blocks =
        switch (program.activations()) {
          case KEPT -> model.layers() * block;
          case RECOMPUTED -> block + Float.BYTES * (model.layers() + 1.0) * width;
        };
    // The last norm, the embedding's dropout, and what one block's backward pass has at a time.
    double ends = Float.BYTES * (2 + dropped(1)) * width + 4.0 * program.elementBytes() * width;
    double backward =
        Float.BYTES * width
            + program.elementBytes() * (3.0 * model.intermediateSize() + 2.0 * width);
    return blocks + ends + backward;
  }

  /** The residual stream twice in fp32, and the inputs of every product, norm and gate. */
  private double block() {
    Architecture model = program.architecture();
    double width = model.hiddenSize();
    double inner = model.intermediateSize();
    double queries = (double) model.heads() * model.headSize();
    double keys = (double) model.kvHeads() * model.headSize();
    double kept = 4 * width + 2 * queries + 2 * keys + 4 * inner + dropped(2 * width + inner);
    return Float.BYTES * 2 * width + program.elementBytes() * (kept + scores() + adapters());
  }

  /** Numbers that are there only with dropout. */
  private double dropped(double numbers) {
    return program.drops() ? numbers : 0;
  }

  /** Probabilities; with dropout its mask and what it leaves, too. The fused kernel keeps none. */
  private double scores() {
    if (program.attention() == Attention.FUSED) {
      return 0;
    }
    // Of a piece's queries, the scores of the future behind them are left out.
    int piece = AttentionText.PIECE;
    double seen = length <= piece ? length : (length + piece) / 2.0;
    return (1 + dropped(2)) * program.architecture().heads() * seen;
  }

  /** Every adapter's input after dropout with the mask of it, and what is between its matrices. */
  private double adapters() {
    if (program.lora() == null) {
      return 0;
    }
    ParameterLayout layout = program.trained();
    double numbers = 0;
    for (int i = 0; i < layout.size(); i++) {
      if (AdapterLayout.isRandom(layout, i)) {
        numbers += dropped(2.0 * layout.shapes().get(i).getLast()) + 3.0 * program.lora().rank();
      }
    }
    return numbers / program.architecture().layers();
  }

  /** Of one of the head's parts; an adapted projection's are there three times. */
  private double logits(double tokens) {
    Architecture model = program.architecture();
    double part = Math.min(tokens, HeadParts.of(program).tokens());
    boolean adapted = program.lora() != null && AdapterLayout.adaptsHead(program.lora());
    double logits = (adapted ? 3 : 1) * part * model.vocabSize();
    return program.elementBytes() * (logits + (double) model.vocabSize() * model.hiddenSize());
  }

  /** The weights in the products' format, where it is not their own: of a block, or of all. */
  private double casts() {
    if (program.elementBytes() == Float.BYTES) {
      return 0;
    }
    Architecture model = program.architecture();
    double all = ParameterLayout.of(model).elements();
    double head = (double) model.vocabSize() * model.hiddenSize();
    return program.elementBytes()
        * switch (program.activations()) {
          case KEPT -> all;
          case RECOMPUTED -> head + (all - head) / model.layers();
        };
  }

  private double mask(long sequences) {
    double masks = program.endOfText() == null ? 1 : sequences;
    return masks * program.elementBytes() * length * length;
  }
}
