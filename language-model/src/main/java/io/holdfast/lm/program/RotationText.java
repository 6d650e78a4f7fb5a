package io.holdfast.lm.program;

/**
 * RoPE (Su et al., arXiv 2104.09864, eq. 34) on the channel pairs (c, c + h/2), as Hugging Face
 * stores Llamas.
 */
final class RotationText {

  /** The tables are [T, 1, h], fp32; the sine's first half is negated. */
  static final String TEXT =
      """
        def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
          return torch.addcmul(torch.mul(x, cos), torch.roll(x, [$HALF_HEAD], [-1]), sin)
        def rotation(self, ids: Tensor) -> Tuple[Tensor, Tensor]:
          place = ops.prim.device(ids)
          channel = torch.arange($HALF_HEAD, dtype=6, device=place)
          frequency = torch.pow($ROPE_THETA, torch.div(channel, -float($HALF_HEAD)))
          position = torch.arange(torch.size(ids, 1), dtype=6, device=place)
          angle = torch.mul(torch.unsqueeze(position, 1), frequency)
          cos = torch.cos(angle)
          sin = torch.sin(angle)
          return (torch.unsqueeze(torch.cat([cos, cos], 1), 1), torch.unsqueeze(torch.cat([torch.neg(sin), sin], 1), 1))
      """;

  private RotationText() {}
}
