package io.holdfast.lm.program;

/** The methods that training calls, and the gradients that they share. */
final class TrainingText {

  static final String TEXT =
      """
        def train_step(self, ids: Tensor, targets: Tensor, step: Tensor, $P_LIST, m: List[Tensor], v: List[Tensor]) -> Tensor:
          # -> [loss, gradient norm], fp64
          loss, g = self.gradients(ids, targets, step, $P)
          norm = self.update(step, p, m, v, g)
          return torch.to(torch.stack([loss, norm]), 7)
        def accumulate(self, ids: Tensor, targets: Tensor, step: Tensor, $P_LIST, g: List[Tensor]) -> Tensor:
          # -> [loss], fp64
          loss, fresh = self.gradients(ids, targets, step, $P)
          torch._foreach_add_(g, fresh)
          return torch.to(torch.stack([loss]), 7)
        def apply(self, step: Tensor, $P_LIST, m: List[Tensor], v: List[Tensor], g: List[Tensor]) -> Tensor:
          # -> [gradient norm], fp64
          torch.set_grad_enabled(False)
          norm = self.update(step, p, m, v, g)
          torch._foreach_zero_(g)
          return torch.to(torch.stack([norm]), 7)
      """;

  private TrainingText() {}
}
