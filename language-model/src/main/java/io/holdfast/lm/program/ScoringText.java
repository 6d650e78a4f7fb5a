package io.holdfast.lm.program;

/** Log-probabilities of given tokens at given places; the other places have no logits. */
final class ScoringText {

  static final String TEXT =
      """
        def score(self, ids: Tensor, places: Tensor, wanted: Tensor) -> Tensor:
          # ids [B, T]; wanted [n] behind places [n] of the B T -> [2, n], fp64: log-probabilities,
          # and 1 where the wanted token is the most likely one
          torch.set_grad_enabled(False)
          y = torch.index_select(self.plain_hidden(ids, self.weights), 0, places)
          found = annotate(List[Tensor], [])
          for i in range(torch.floordiv(torch.size(y, 0) + $PART - 1, $PART)):
            logits = self.project(torch.slice(y, 0, i * $PART, (i + 1) * $PART), self.weights)
            target = torch.slice(wanted, 0, i * $PART, (i + 1) * $PART)
            losses = torch.to(self.target_losses(logits, target), 7)
            found = torch.append(found, torch.stack([torch.neg(losses), torch.to(self.best(logits, target), 7)]))
          return torch.cat(found, 1)
        def best(self, logits: Tensor, target: Tensor) -> Tensor:
          # [n, V], [n] -> [n]. The first of equal ones is looked for only where it matters.
          at = torch.unsqueeze(target, 1)
          best = torch.eq(torch.gather(logits, 1, at), torch.amax(logits, [-1], True))
          best = torch.squeeze(best, 1)
          rows = torch.squeeze(torch.nonzero(best), 1)
          first = torch.eq(torch.argmax(torch.index_select(logits, 0, rows), -1), torch.index_select(target, 0, rows))
          return torch.index_copy(best, 0, rows, first)
        def project(self, y: Tensor, p: List[Tensor]) -> Tensor:
          # [n, d] -> [n, V]
          return self.linear(y, p[$HEAD_MATRIX])
      """;

  private ScoringText() {}
}
