package io.holdfast.lm.program;

/**
 * The next token from logits. A random one is drawn by inversion, from one number of the row's own,
 * so it does not depend on the other rows. Temperature, top-k and top-p come in this order, as
 * Hugging Face applies them: top-k keeps all tokens that equal the k-th; top-p keeps the most
 * likely ones, up to the one that reaches p (Holtzman et al., arXiv 1904.09751, §3.1).
 */
final class ChoiceText {

  static final String TEXT =
      """
        def choose(self, logits: Tensor, draws: Tensor, settings: Tensor) -> Tensor:
          # logits [B, V], draws [B] in [0, 1), fp64 -> [B]; temperature 0 takes the most likely one
          scores = torch.to(logits, 6)
          temperature = float(settings[0])
          if torch.eq(temperature, 0.0):
            return torch.argmax(scores, -1)
          k = int(settings[1])
          if torch.gt(k, 0):
            best, _0 = torch.topk(scores, ops.prim.min(k, $VOCAB))
            worst = torch.slice(best, 1, -1)
            scores = torch.masked_fill(scores, torch.lt(scores, worst), -inf)
          weights = torch.softmax(torch.div(torch.to(scores, 7), temperature), -1)
          most = float(settings[2])
          if torch.ge(most, 1.0):
            return self.drawn(weights, draws)
          weights, order = torch.sort(weights, stable=True, dim=-1, descending=True)
          before = torch.sub(torch.cumsum(weights, -1), weights)
          weights = torch.masked_fill(weights, torch.ge(before, most), 0.0)
          return torch.squeeze(torch.gather(order, 1, torch.unsqueeze(self.drawn(weights, draws), 1)), 1)
        def drawn(self, weights: Tensor, draws: Tensor) -> Tensor:
          # The first place where the sum of weights exceeds the draw's part of all. Sums that are
          # the whole do not count, so that rounding never goes past the last weight.
          sums = torch.cumsum(weights, -1)
          whole = torch.slice(sums, 1, -1)
          passed = torch.logical_and(torch.le(sums, torch.mul(whole, torch.unsqueeze(draws, 1))), torch.lt(sums, whole))
          return torch.sum(passed, [-1])
      """;

  private ChoiceText() {}
}
