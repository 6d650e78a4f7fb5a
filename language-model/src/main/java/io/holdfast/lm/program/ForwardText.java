package io.holdfast.lm.program;

import io.holdfast.contracts.stage.Optimization.Dropout;
import java.util.HashMap;
import java.util.Map;

/**
 * From tokens to logits. Choices that are not the obvious ones:
 *
 * <ul>
 *   <li>Embeddings are looked up in fp32 and the residual stream stays fp32: a frequent token's
 *       gradient is a sum of many small numbers, which bf16 would lose. It costs 2 %.
 *   <li>The attention scale is multiplied into the queries' rotation table: no pass over T² scores.
 * </ul>
 */
final class ForwardText {

  /** What every variant calls. */
  static final String PARTS =
      """
        def norm(self, x: Tensor, weight: Tensor) -> Tensor:
          # RMSNorm. The square's gradient 2x comes from one product with a constant, not two.
          half = torch.sum(torch.mul(x, torch.detach(x)), [-1], True)
          squares = torch.sub(torch.mul(half, 2.0), torch.detach(half))
          scale = torch.rsqrt(torch.add(torch.mul(squares, 1.0 / float($HIDDEN)), $EPSILON_RMS))
          return torch.mul(torch.to(torch.mul(x, scale), $TYPE), torch.to(weight, $TYPE))
        def linear(self, x: Tensor, weight: Tensor) -> Tensor:
          return torch.linear(x, torch.to(weight, $TYPE))
        def context(self, ids: Tensor) -> List[Tensor]:
          # What every block needs beside its input: cosine and sine tables for queries [T, 1, h],
          # the same for keys, and the attention mask [T, T].
          T = torch.size(ids, 1)
          cos, sin = self.rotation(ids)
          query_cos = torch.to(torch.mul(cos, $SCALE), $TYPE)
          query_sin = torch.to(torch.mul(sin, $SCALE), $TYPE)
          mask = torch.triu(torch.full([T, T], -inf, dtype=$TYPE, device=ops.prim.device(ids)), 1)
          return [query_cos, query_sin, torch.to(cos, $TYPE), torch.to(sin, $TYPE), mask]
      """
          + RotationText.TEXT;

  private static final String VARIANT =
      """
        def $BLOCK(self, x: Tensor, layer: int, c: List[Tensor], p: List[Tensor]$RANDOM_PARAMETER) -> Tensor:
          # x [B, T, d], fp32
          query_cos, query_sin, key_cos, key_sin, mask = c
          B = torch.size(x, 0)
          T = torch.size(x, 1)
          w = 1 + $BLOCK_MATRICES * layer
          n = $MATRICES + $BLOCK_NORMS * layer
          y = self.norm(x, p[n])
          q = self.rotate(torch.view(self.linear(y, p[w]), [B, T, $HEADS, $HEAD_SIZE]), query_cos, query_sin)
          k = self.rotate(torch.view(self.linear(y, p[w + 1]), [B, T, $KV_HEADS, $HEAD_SIZE]), key_cos, key_sin)
          v = torch.transpose(torch.view(self.linear(y, p[w + 2]), [B, T, $KV_HEADS, $HEAD_SIZE]), 1, 2)
      $ATTENTION
          y = self.linear(y, p[w + 3])
          x = torch.add(x, $DROP_ATTENTION_OUTPUT)
          y = self.norm(x, p[n + 1])
          y = torch.mul(torch.silu(self.linear(y, p[w + 4])), self.linear(y, p[w + 5]))
          y = self.linear($DROP_FEED_FORWARD, p[w + 6])
          return torch.add(x, $DROP_FEED_FORWARD_OUTPUT)
        def $LOGITS(self, ids: Tensor, p: List[Tensor]$RANDOM_PARAMETER) -> Tensor:
          # ids [B, T] -> logits [B T, V], fp32
          c = self.context(ids)
          x = torch.embedding(p[0], ids)
          x = $DROP_EMBEDDING
          for layer in range($LAYERS):
            x = self.$BLOCK(x, layer, c, p$RANDOM_ARGUMENT)
          y = self.norm(x, p[$FINAL_NORM])
          return torch.view(torch.to(self.linear(y, p[$HEAD_MATRIX]), 6), [-1, $VOCAB])
      """;

  private ForwardText() {}

  /** {@code logits(ids, p)}: without dropout. */
  static String plain(Attention attention) {
    return variant(attention, Dropout.NONE, "", false);
  }

  /** {@code training_logits(ids, p, random)}: with dropout. */
  static String training(Attention attention, Dropout dropout) {
    return variant(attention, dropout, "training_", true);
  }

  private static String variant(
      Attention attention, Dropout dropout, String prefix, boolean random) {
    Map<String, String> values = new HashMap<>(DropoutText.sites(dropout));
    values.put("$BLOCK", prefix + "block");
    values.put("$LOGITS", prefix + "logits");
    values.put("$RANDOM_PARAMETER", random ? ", random: Generator" : "");
    values.put("$RANDOM_ARGUMENT", random ? ", random" : "");
    // Attention's own text has placeholders, so it goes in first.
    String text = ScriptTemplate.fill(VARIANT, Map.of("$ATTENTION", AttentionText.of(attention)));
    return ScriptTemplate.fill(text, values);
  }
}
