package io.holdfast.lm.program;

/**
 * The loss and a gradient for every trained tensor. The backward pass meets the head first and
 * alone, so that its logits are gone before the blocks' gradients need memory.
 */
final class BackwardText {

  private static final String GRAD =
      """
        def grad(self, y: Tensor, inputs: List[Tensor], slope: Tensor) -> List[Tensor]:
          # What the slope, a gradient with respect to y, is with respect to the inputs.
          g = annotate(List[Tensor], [])
          for x in torch.grad([y], inputs, annotate(List[Optional[Tensor]], [slope])):
            g = torch.append(g, unchecked_cast(Tensor, x))
          return g
      """;

  /** {@code inner}: what is trained before the output projection. */
  private static final String KEPT =
      """
        def gradients(self, ids: Tensor, targets: Tensor, step: Tensor, $P_LIST) -> Tuple[Tensor, List[Tensor]]:
          # -> the loss, and one gradient for each of p. Divided by the global batch's targets: the
          # losses of its parts add up to its mean. Leaves gradients off.
      $SEEDS
          torch.set_grad_enabled($INNER_TRAINED)
          y = self.$VARIANT_hidden(ids, $P$SEEDS_ARGUMENT)
          torch.set_grad_enabled(False)
          loss, slope, head = self.head_gradients(torch.detach(y), torch.view(targets, [-1]), float($TARGETS), $P$SEEDS_ARGUMENT)
          inner = $INNER_GRADIENTS
          return (loss, $JOINED)
      """;

  /**
   * Only every block's input is kept; a block is computed again when its gradients are due. The
   * order is backwards, so each block's gradients go in front of those of the blocks behind it.
   */
  private static final String RECOMPUTED =
      """
        def gradients(self, ids: Tensor, targets: Tensor, step: Tensor, $P_LIST) -> Tuple[Tensor, List[Tensor]]:
          # -> the loss, and one gradient for each of p. Divided by the global batch's targets: the
          # losses of its parts add up to its mean. Leaves gradients off.
      $SEEDS
          torch.set_grad_enabled(False)
          c = self.context(ids)
          x = self.$VARIANT_embed(ids, $P$SEEDS_ARGUMENT)
          inputs = [x]
          for layer in range($LAYERS):
            x = self.$VARIANT_block(x, layer, c, $P$SEEDS_ARGUMENT)
            inputs = torch.append(inputs, x)
          y = torch.view(self.norm(x, $W[$FINAL_NORM]), [-1, $HIDDEN])
          loss, slope, head = self.head_gradients(y, torch.view(targets, [-1]), float($TARGETS), $P$SEEDS_ARGUMENT)
          torch.set_grad_enabled(True)
          x = torch.requires_grad_(torch.detach(torch.pop(inputs)), True)
          y = torch.view(self.norm(x, $W[$FINAL_NORM]), [-1, $HIDDEN])
          fresh = self.grad(y, [$NORM_INPUTS], slope)
          slope = fresh[0]
          matrices = annotate(List[Tensor], [])
          norms = torch.slice(fresh, 1)
          for i in range($LAYERS):
            layer = $LAYERS - 1 - i
            x = torch.requires_grad_(torch.detach(torch.pop(inputs)), True)
            y = self.$VARIANT_block(x, layer, c, $P$SEEDS_ARGUMENT)
            fresh = self.grad(y, torch.add([x], $BLOCK_TRAINED), slope)
            slope = fresh[0]
            matrices = torch.add(torch.slice(fresh, 1, 1 + $BLOCK_TRAINED_MATRICES), matrices)
            norms = torch.add(torch.slice(fresh, 1 + $BLOCK_TRAINED_MATRICES), norms)
          inner = torch.add($EMBEDDING_GRADIENT, norms)
          torch.set_grad_enabled(False)
          return (loss, $JOINED)
      """;

  private BackwardText() {}

  static String of(LlamaProgram program) {
    // Without adapters in the blocks nothing of them is kept in the first place.
    boolean recomputes =
        program.activations() == Activations.RECOMPUTED && TrainedText.hasInner(program);
    String text = recomputes ? RECOMPUTED : KEPT;
    text = text.replace("$SEEDS\n", program.drops() ? "    seeds = self.seeds(step)\n" : "");
    return GRAD
        + ScriptTemplate.fill(
            ScriptTemplate.fill(text, TrainedText.placeholders(program)),
            Variant.ofTraining(program).placeholders());
  }
}
