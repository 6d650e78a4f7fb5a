package io.holdfast.lm.program;

import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import java.util.HashMap;
import java.util.Map;

/**
 * The model's matrix products, with an adapter beside them where one is wanted: W x + (α/r) B A
 * drop(x) (Hu et al., arXiv 2106.09685, §4.1; dropout as PEFT has it).
 */
final class ProjectionText {

  private static final String LINEAR =
      """
        def linear(self, x: Tensor, weight: Tensor) -> Tensor:
          return torch.linear(x, torch.to(weight, $TYPE))
      """;

  /** The scale goes to the r numbers in the middle, the fewest. */
  private static final String ADAPTED =
      """
        def adapted(self, x: Tensor, dropped: Tensor, weight: Tensor, a: Tensor, b: Tensor) -> Tensor:
          inner = torch.mul(self.linear(dropped, a), $LORA_SCALE)
          return torch.add(self.linear(x, weight), self.linear(inner, b))
      """;

  /** Adds every adapter's product to the matrix that it stands beside. f are weights to change. */
  private static final String MERGE =
      """
        def merge(self, numbers: Tensor, p: List[Tensor], f: List[Tensor]) -> Tensor:
          torch.set_grad_enabled(False)
          scale = float(numbers[0])
          for layer in range($LAYERS):
            w = 1 + $BLOCK_MATRICES * layer
            adapter = $BLOCK_ADAPTERS * layer
      $MERGED
          return torch.zeros([1], dtype=7)
      """;

  private ProjectionText() {}

  static String parts(Lora lora) {
    return lora == null ? LINEAR : LINEAR + ADAPTED;
  }

  /**
   * What the placeholders {@code $Q_PROJ} to {@code $DOWN_PROJ} become: the product of y, within a
   * block whose first matrix is number w and whose first adapter is number "adapter".
   */
  static Map<String, String> of(Lora lora, boolean dropping) {
    Map<String, String> values = new HashMap<>();
    for (Target target : Target.values()) {
      if (target != Target.LM_HEAD) {
        values.put("$" + target, product(lora, target, dropping));
      }
    }
    return values;
  }

  private static String product(Lora lora, Target target, boolean dropping) {
    int adapter = lora == null ? -1 : AdapterLayout.blockTargets(lora).indexOf(target);
    if (adapter < 0) {
      return "self.linear(y, $W[w + %d])".formatted(target.ordinal());
    }
    return "self.adapted(y, %s, $W[w + %d], p[adapter + %d], p[adapter + %d])"
        .formatted(
            DropoutText.drop("y", dropping ? lora.dropout() : 0),
            target.ordinal(),
            AdapterLayout.TENSORS * adapter,
            AdapterLayout.TENSORS * adapter + 1);
  }

  /** The output projection of y, in the products' format. */
  static String head(Lora lora, boolean dropping) {
    if (lora == null || !AdapterLayout.adaptsHead(lora)) {
      return "self.linear(y, $W[$HEAD_MATRIX])";
    }
    return "self.adapted(y, %s, $W[$HEAD_MATRIX], p[$HEAD_ADAPTER], p[$HEAD_ADAPTER + 1])"
        .formatted(DropoutText.drop("y", dropping ? lora.dropout() : 0));
  }

  /** {@code merge(p, f)}. */
  static String merge(Lora lora) {
    StringBuilder blocks = new StringBuilder();
    int a = 0;
    for (Target target : AdapterLayout.blockTargets(lora)) {
      blocks.append(
          "      torch.addmm_(f[w + %d], p[adapter + %d], p[adapter + %d], alpha=scale)\n"
              .formatted(target.ordinal(), a + 1, a));
      a += AdapterLayout.TENSORS;
    }
    if (AdapterLayout.adaptsHead(lora)) {
      // The merged projection is a matrix of its own, the last one.
      blocks.append(
          "    torch.addmm_(f[$MERGED_HEAD], p[$HEAD_ADAPTER + 1], p[$HEAD_ADAPTER], alpha=scale)\n");
    }
    return MERGE.replace("$MERGED\n", blocks);
  }
}
