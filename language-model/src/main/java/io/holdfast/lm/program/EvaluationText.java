package io.holdfast.lm.program;

/** The methods that evaluation calls. */
final class EvaluationText {

  static final String TEXT =
      """
        def window_losses(self, ids: Tensor, targets: Tensor, $P_LIST) -> Tensor:
          # -> [B] summed over each window's targets, fp64
          torch.set_grad_enabled(False)
          losses = self.losses(self.plain_hidden(ids, $P), torch.view(targets, [-1]), $P)
          return torch.sum(torch.view(losses, torch.size(targets)), [1], False, dtype=7)
        def predict(self, ids: Tensor, $P_LIST) -> Tensor:
          # -> [B T, V] logits, fp64
          torch.set_grad_enabled(False)
          return torch.to(self.project(self.plain_hidden(ids, $P), $P), 7)
      """;

  private EvaluationText() {}
}
