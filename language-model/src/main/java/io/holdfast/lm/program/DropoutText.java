package io.holdfast.lm.program;

import io.holdfast.contracts.stage.Optimization.Dropout;
import java.util.Map;

/**
 * Dropout at the sites of the model. The caller seeds each call; from that seed every block draws a
 * seed of its own. So masks do not depend on what else uses libtorch in the process, nor on what
 * ran before a resume, and a block that is computed again draws the same ones.
 */
final class DropoutText {

  static final String DROP =
      """
        def drop(self, x: Tensor, p: float, random: Generator) -> Tensor:
          place = ops.prim.device(x)
          draw = torch.uniform_(torch.empty(torch.size(x), dtype=6, device=place), 0.0, 1.0, generator=random)
          keep = torch.to(torch.ge(draw, p), ops.prim.dtype(x))
          return torch.mul(x, torch.mul_(keep, 1.0 / (1.0 - p)))
      """;

  /** One for each block, one for the embedding and one for the output projection. */
  static final String SEEDS =
      """
        def seeds(self, step: Tensor) -> Tensor:
          random = torch.Generator(device=torch.device("cpu"), seed=int($DROPOUT_SEED))
          return torch.randint(0, 9007199254740992, [$LAYERS + 2], generator=random, dtype=4, device=torch.device("cpu"))
        def generator(self, x: Tensor, seeds: Tensor, part: int) -> Generator:
          return torch.Generator(device=ops.prim.device(x), seed=int(seeds[part]))
      """;

  private DropoutText() {}

  /** What each site's placeholder becomes. */
  static Map<String, String> sites(Dropout dropout) {
    return Map.of(
        "$DROP_EMBEDDING", drop("x", dropout.embedding()),
        "$DROP_ATTENTION", drop("a", dropout.attention()),
        "$P_ATTENTION", Double.toString(dropout.attention()),
        "$DROP_ATTENTION_OUTPUT", drop("y", dropout.residual()),
        "$DROP_FEED_FORWARD", drop("y", dropout.mlp()),
        "$DROP_FEED_FORWARD_OUTPUT", drop("y", dropout.residual()));
  }

  /** A value after dropout. */
  static String drop(String value, double probability) {
    return probability == 0 ? value : "self.drop(%s, %s, random)".formatted(value, probability);
  }

  /** libtorch's fused kernel draws from the process's generator. */
  static String fusedSeed(LlamaProgram program, Dropout dropout) {
    return program.attention() == Attention.FUSED && dropout.attention() > 0
        ? "    torch.manual_seed(int(seeds[layer]))\n"
        : "";
  }
}
