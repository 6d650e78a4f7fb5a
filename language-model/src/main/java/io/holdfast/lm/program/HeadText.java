package io.holdfast.lm.program;

import io.holdfast.contracts.stage.Method.Lora;
import java.util.HashMap;
import java.util.Map;

/**
 * Output projection and loss, without the V logits of every token in fp32: they are computed for a
 * part of the tokens at a time in the products' format, and softmax, loss and gradient for a few
 * rows at a time, which stay in a core's cache. The gradient takes the logits' place.
 */
final class HeadText {

  /** Rows are [n, V]; wanted are the n targets, -100 where nothing is predicted. */
  static final String TARGET_LOSSES =
      """
        def target_losses(self, logits: Tensor, wanted: Tensor) -> Tensor:
          # -> [n], fp32; zero where nothing is predicted
          losses = annotate(List[Tensor], [])
          for i in range(torch.floordiv(torch.size(logits, 0) + $ROWS - 1, $ROWS)):
            rows = torch.slice(logits, 0, i * $ROWS, (i + 1) * $ROWS)
            target = torch.slice(wanted, 0, i * $ROWS, (i + 1) * $ROWS)
            losses = torch.append(losses, torch.cross_entropy_loss(torch.to(rows, 6), target, None, 0, -100))
          return torch.cat(losses)
      """;

  private static final String SLOPES =
      """
        def slopes(self, logits: Tensor, wanted: Tensor, divisor: float) -> Tensor:
          # -> the summed loss, fp64; logits become the gradient of the sum over the divisor
          total = torch.zeros([], dtype=7, device=ops.prim.device(logits))
          for i in range(torch.floordiv(torch.size(logits, 0) + $ROWS - 1, $ROWS)):
            rows = torch.slice(logits, 0, i * $ROWS, (i + 1) * $ROWS)
            target = torch.unsqueeze(torch.slice(wanted, 0, i * $ROWS, (i + 1) * $ROWS), 1)
            counts = torch.to(torch.ge(target, 0), 6)
            target = torch.clamp(target, 0)
            scores = torch.to(rows, 6)
            slope = torch.softmax(scores, -1)
            # The largest probability is never small, so the normalizer is exact: one exponential
            # of every logit is enough.
            normalizer = torch.sub(torch.amax(scores, [-1], True), torch.log(torch.amax(slope, [-1], True)))
            losses = torch.mul(torch.sub(normalizer, torch.gather(scores, 1, target)), counts)
            torch.add_(total, torch.sum(losses))
            torch.scatter_add_(slope, 1, target, torch.full_like(counts, -1.0))
            torch.mul_(slope, torch.div(counts, divisor))
            torch.copy_(rows, slope)
          return total
      """;

  private static final String PROJECTION =
      """
        def project(self, y: Tensor, $P_LIST) -> Tensor:
          # [n, d] -> [n, V]
          return $LM_HEAD
        def losses(self, y: Tensor, wanted: Tensor, $P_LIST) -> Tensor:
          # y [N, d] -> [N], fp32; zero where nothing is predicted
          losses = annotate(List[Tensor], [])
          for i in range(torch.floordiv(torch.size(y, 0) + $PART - 1, $PART)):
            part = torch.slice(y, 0, i * $PART, (i + 1) * $PART)
            logits = self.project(part, $P)
            losses = torch.append(losses, self.target_losses(logits, torch.slice(wanted, 0, i * $PART, (i + 1) * $PART)))
          return torch.cat(losses)
        def head_gradients(self, hidden: Tensor, wanted: Tensor, divisor: float, $P_LIST$SEEDS_PARAMETER) -> Tuple[Tensor, Tensor, List[Tensor]]:
          # hidden [N, d] -> the loss, fp64; its gradient with respect to hidden; the same for what is
          # trained
      $HEAD_GENERATOR
          total = torch.zeros([], dtype=7, device=ops.prim.device(hidden))
          weight = torch.to($W[$HEAD_MATRIX], $TYPE)
          slopes = torch.empty_like(hidden)
          g = annotate(List[Tensor], [])
          for i in range(torch.floordiv(torch.size(hidden, 0) + $PART - 1, $PART)):
            part = torch.slice(hidden, 0, i * $PART, (i + 1) * $PART)
            target = torch.slice(wanted, 0, i * $PART, (i + 1) * $PART)
            slope = torch.slice(slopes, 0, i * $PART, (i + 1) * $PART)
      $PART_GRADIENTS
            torch.copy_(slope, fresh[0])
            if torch.eq(i, 0):
              for x in torch.slice(fresh, 1):
                g = torch.append(g, torch.to(x, 6))
            else:
              for j in range(torch.len(g)):
                torch.add_(g[j], fresh[j + 1])
          return (torch.div(total, divisor), slopes, g)
      """;

  private static final String GENERATOR =
      "    random = self.generator(hidden, seeds, $LAYERS + 1)\n";

  private static final String FULL =
      """
            logits = torch.linear(part, weight)
            torch.add_(total, self.slopes(logits, target, divisor))
            fresh = [torch.mm(logits, weight), torch.mm(torch.t(logits), part)]
      """;

  /** The projection is fixed: only the gradient with respect to its input passes through it. */
  private static final String FROZEN =
      """
            logits = torch.linear(part, weight)
            torch.add_(total, self.slopes(logits, target, divisor))
            fresh = [torch.mm(logits, weight)]
      """;

  private static final String ADAPTED =
      """
            torch.set_grad_enabled(True)
            y = torch.requires_grad_(torch.detach(part), True)
            logits = $DROPPED_LM_HEAD
            torch.set_grad_enabled(False)
            logit_slopes = torch.detach(logits)
            torch.add_(total, self.slopes(logit_slopes, target, divisor))
            fresh = self.grad(logits, [y, p[$HEAD_ADAPTER], p[$HEAD_ADAPTER + 1]], logit_slopes)
      """;

  private HeadText() {}

  static String of(LlamaProgram program, HeadParts parts) {
    boolean drops = program.drops();
    String text =
        PROJECTION
            .replace("$PART_GRADIENTS\n", partGradients(program.lora()))
            .replace("$HEAD_GENERATOR\n", drops ? GENERATOR : "");
    Map<String, String> values = new HashMap<>(Variant.ofTraining(program).placeholders());
    values.put("$LM_HEAD", ProjectionText.head(program.lora(), false));
    values.put("$DROPPED_LM_HEAD", ProjectionText.head(program.lora(), drops));
    values.put("$PART", Integer.toString(parts.tokens()));
    values.put("$ROWS", Integer.toString(parts.rows()));
    return ScriptTemplate.fill(TARGET_LOSSES + SLOPES + text, values);
  }

  private static String partGradients(Lora lora) {
    if (lora == null) {
      return FULL;
    }
    return AdapterLayout.adaptsHead(lora) ? ADAPTED : FROZEN;
  }
}
