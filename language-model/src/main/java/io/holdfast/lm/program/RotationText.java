package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
          frequency = $FREQUENCY
          position = torch.arange(torch.size(ids, 1), dtype=6, device=place)
          angle = torch.mul(torch.unsqueeze(position, 1), frequency)
          cos = torch.cos(angle)
          sin = torch.sin(angle)
          return (torch.unsqueeze(torch.cat([cos, cos], 1), 1), torch.unsqueeze(torch.cat([torch.neg(sin), sin], 1), 1))
      """;

  private static final String UNSCALED =
      "torch.pow(%s, torch.div(torch.arange(%d, dtype=6, device=place), -float(%d)))";

  private RotationText() {}

  /** The pairs' frequencies [h/2], radians per token; scaled ones are written out as numbers. */
  static String frequency(Architecture model) {
    int half = model.headSize() / 2;
    if (model.ropeScaling() == null) {
      return UNSCALED.formatted(model.ropeTheta(), half, half);
    }
    return IntStream.range(0, half)
        .mapToDouble(channel -> Math.pow(model.ropeTheta(), (double) -channel / half))
        .map(model.ropeScaling()::scale)
        .mapToObj(Double::toString)
        .collect(Collectors.joining(", ", "torch.tensor([", "], dtype=6, device=place)"));
  }
}
