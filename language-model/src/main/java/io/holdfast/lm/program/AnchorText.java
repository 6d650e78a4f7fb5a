package io.holdfast.lm.program;

/** Pulling parameters p back to an origin o, and the Fisher diagonal f that weighs the pull. */
final class AnchorText {

  static final String TEXT =
      """
        def pull(self, numbers: Tensor, p: List[Tensor], o: List[Tensor], g: List[Tensor]) -> Tensor:
          # g <- g + strength (p - o)
          torch.set_grad_enabled(False)
          strength = float(numbers[0])
          for i in range(torch.len(p)):
            torch.add_(g[i], torch.sub(p[i], o[i]), alpha=strength)
          return torch.zeros([1], dtype=7)
        def pull_by_fisher(self, numbers: Tensor, p: List[Tensor], o: List[Tensor], f: List[Tensor], g: List[Tensor]) -> Tensor:
          # g <- g + strength f (p - o)
          torch.set_grad_enabled(False)
          strength = float(numbers[0])
          for i in range(torch.len(p)):
            torch.addcmul_(g[i], f[i], torch.sub(p[i], o[i]), value=strength)
          return torch.zeros([1], dtype=7)
        def add_squares(self, numbers: Tensor, g: List[Tensor], f: List[Tensor]) -> Tensor:
          # f <- f + share g^2, g <- 0
          torch.set_grad_enabled(False)
          share = float(numbers[0])
          for i in range(torch.len(g)):
            torch.addcmul_(f[i], g[i], g[i], value=share)
          torch._foreach_zero_(g)
          return torch.zeros([1], dtype=7)
      """;

  private AnchorText() {}
}
