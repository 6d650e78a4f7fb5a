package io.holdfast.lm.program;

/** The methods that evaluation calls. */
final class EvaluationText {

  static final String TEXT =
      """
        def window_losses(self, ids: Tensor, targets: Tensor, p: List[Tensor]) -> Tensor:
          # -> [B] summed over each window's targets, fp64
          torch.set_grad_enabled(False)
          losses = torch.cross_entropy_loss(self.logits(ids, p), torch.view(targets, [-1]), None, 0, -100)
          return torch.sum(torch.view(losses, torch.size(targets)), [1], False, dtype=7)
        def predict(self, ids: Tensor, p: List[Tensor]) -> Tensor:
          # -> [B T, V] logits, fp64
          torch.set_grad_enabled(False)
          return torch.to(self.logits(ids, p), 7)
      """;

  private EvaluationText() {}
}
