package io.holdfast.lm.program;

/**
 * Clipping and AdamW. A norm above the limit divides the gradients inside AdamW's kernel, and a
 * norm that is not finite makes that kernel skip: bad gradients never reach the weights.
 */
final class OptimizerText {

  static final String TEXT =
      """
        def decay(self, step: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], g: List[Tensor], weight_decay: float, divisor: Tensor, skip: Tensor) -> NoneType:
          number = torch.to($NUMBER, 6)
          numbers = annotate(List[Tensor], [])
          for i in range(torch.len(p)):
            numbers = torch.append(numbers, number)
          torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), numbers, lr=float($LEARNING_RATE), beta1=float($BETA1), beta2=float($BETA2), weight_decay=weight_decay, eps=float($EPSILON), amsgrad=False, maximize=False, grad_scale=divisor, found_inf=skip)
          return None
        def update(self, step: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], g: List[Tensor]) -> Tensor:
          # -> the gradients' norm before clipping. Clipping as torch.nn.utils.clip_grad_norm_: by
          # limit / (norm + 1e-6), never up.
          norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g)))
          divisor = torch.clamp(torch.div(torch.add(norm, 1e-06), float($CLIP_NORM)), 1.0)
          skip = torch.to(torch.logical_not(torch.isfinite(norm)), 6)
          k = $DECAYED
          n = torch.len(p)
          self.decay(step, torch.slice(p, 0, k), torch.slice(m, 0, k), torch.slice(v, 0, k), torch.slice(g, 0, k), float($WEIGHT_DECAY), divisor, skip)
          if torch.lt(k, n):
            self.decay(step, torch.slice(p, k, n), torch.slice(m, k, n), torch.slice(v, k, n), torch.slice(g, k, n), 0.0, divisor, skip)
          return norm
      """;

  private OptimizerText() {}
}
