package io.holdfast.lm.program;

/** The two moves of sharpness-aware minimisation: p parameters, k a copy of them, g gradients. */
final class SharpnessText {

  static final String TEXT =
      """
        def climb(self, numbers: Tensor, p: List[Tensor], k: List[Tensor], g: List[Tensor]) -> Tensor:
          # k <- p, p <- p + radius g / |g|, g <- 0; -> [|g|], fp64
          torch.set_grad_enabled(False)
          norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g)))
          share = float(numbers[0]) / (float(norm) + 1e-12)
          for i in range(torch.len(p)):
            torch.copy_(k[i], p[i])
            torch.add_(p[i], g[i], alpha=share)
          torch._foreach_zero_(g)
          return torch.to(torch.stack([norm]), 7)
        def descend(self, numbers: Tensor, p: List[Tensor], k: List[Tensor]) -> Tensor:
          # p <- k
          torch.set_grad_enabled(False)
          for i in range(torch.len(p)):
            torch.copy_(p[i], k[i])
          return torch.zeros([1], dtype=7)
      """;

  private SharpnessText() {}
}
