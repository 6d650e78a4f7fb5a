package io.holdfast.lm.program;

import io.holdfast.contracts.stage.Optimization.Dropout;
import java.util.Map;

/** The methods that training calls, and the gradients that they share. */
final class TrainingText {

  private static final String TEXT =
      """
        def gradients(self, ids: Tensor, targets: Tensor, step: Tensor, p: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
          # -> the loss, and one gradient per parameter. Divided by the global batch's targets: the
          # losses of its parts add up to its mean. Leaves gradients off.
          torch.set_grad_enabled(True)
          $SEED
          logits = self.$TRAINING_LOGITS
          total = torch.cross_entropy_loss(logits, torch.view(targets, [-1]), None, 2, -100)
          loss = torch.div(total, float($TARGETS))
          g = annotate(List[Tensor], [])
          for x in torch.grad([loss], p):
            g = torch.append(g, unchecked_cast(Tensor, x))
          torch.set_grad_enabled(False)
          return (torch.detach(loss), g)
        def train_step(self, ids: Tensor, targets: Tensor, step: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
          # -> [loss, gradient norm], fp64
          loss, g = self.gradients(ids, targets, step, p)
          norm = self.update(step, p, m, v, g)
          return torch.to(torch.stack([loss, norm]), 7)
        def accumulate(self, ids: Tensor, targets: Tensor, step: Tensor, p: List[Tensor], g: List[Tensor]) -> Tensor:
          # -> [loss], fp64
          loss, fresh = self.gradients(ids, targets, step, p)
          torch._foreach_add_(g, fresh)
          return torch.to(torch.stack([loss]), 7)
        def apply(self, step: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], g: List[Tensor]) -> Tensor:
          # -> [gradient norm], fp64
          torch.set_grad_enabled(False)
          norm = self.update(step, p, m, v, g)
          torch._foreach_zero_(g)
          return torch.to(torch.stack([norm]), 7)
      """;

  private TrainingText() {}

  static String of(LlamaProgram program) {
    boolean drops = !program.dropout().equals(Dropout.NONE);
    return ScriptTemplate.fill(
        TEXT,
        Map.of(
            "$SEED",
            drops ? DropoutText.seed(program) : "",
            "$TRAINING_LOGITS",
            drops ? "training_logits(ids, p, random)" : "logits(ids, p)"));
  }
}
