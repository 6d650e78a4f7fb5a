package io.holdfast.lm.program;

import io.holdfast.contracts.stage.Optimization.Dropout;
import java.util.HashMap;
import java.util.Map;

/**
 * From tokens to the normalized output of the last block. Choices that are not the obvious ones:
 *
 * <ul>
 *   <li>Embeddings are looked up in fp32 and the residual stream stays fp32: a frequent token's
 *       gradient is a sum of many small numbers, which bf16 would lose. It costs 2 %.
 *   <li>The attention scale is multiplied into the queries' rotation table: no pass over T² scores.
 * </ul>
 */
final class ForwardText {

  /** What every variant calls. */
  private static final String PARTS =
      """
        def norm(self, x: Tensor, weight: Tensor) -> Tensor:
          # RMSNorm. The square's gradient 2x comes from one product with a constant, not two.
          half = torch.sum(torch.mul(x, torch.detach(x)), [-1], True)
          squares = torch.sub(torch.mul(half, 2.0), torch.detach(half))
          scale = torch.rsqrt(torch.add(torch.mul(squares, 1.0 / float($HIDDEN)), $EPSILON_RMS))
          return torch.mul(torch.to(torch.mul(x, scale), $TYPE), torch.to(weight, $TYPE))
        def context(self, ids: Tensor) -> List[Tensor]:
          # What every block needs beside its input: cosine and sine tables for queries [T, 1, h],
          # the same for keys, and the attention mask.
          place = ops.prim.device(ids)
          T = torch.size(ids, 1)
          cos, sin = self.rotation(ids)
          query_cos = torch.to(torch.mul(cos, $SCALE), $TYPE)
          query_sin = torch.to(torch.mul(sin, $SCALE), $TYPE)
      $MASK
          return [query_cos, query_sin, torch.to(cos, $TYPE), torch.to(sin, $TYPE), mask]
      """;

  private static final String BLOCK =
      """
        def $VARIANT_embed(self, ids: Tensor, $P_LIST$SEEDS_PARAMETER) -> Tensor:
      $EMBEDDING_GENERATOR
          x = torch.embedding($W[0], ids)
          return $DROP_EMBEDDING
        def $VARIANT_block(self, x: Tensor, layer: int, c: List[Tensor], $P_LIST$SEEDS_PARAMETER) -> Tensor:
          # x [B, T, d], fp32
      $BLOCK_GENERATOR
          query_cos, query_sin, key_cos, key_sin, mask = c
          B = torch.size(x, 0)
          T = torch.size(x, 1)
          w = 1 + $BLOCK_MATRICES * layer
          n = $MATRICES + $BLOCK_NORMS * layer
          adapter = $BLOCK_ADAPTERS * layer
          y = self.norm(x, $W[n])
          q = self.rotate(torch.view($Q_PROJ, [B, T, $HEADS, $HEAD_SIZE]), query_cos, query_sin)
          k = self.rotate(torch.view($K_PROJ, [B, T, $KV_HEADS, $HEAD_SIZE]), key_cos, key_sin)
          v = torch.transpose(torch.view($V_PROJ, [B, T, $KV_HEADS, $HEAD_SIZE]), 1, 2)
      $KEEPING
      $ATTENTION
          y = $O_PROJ
          x = torch.add(x, $DROP_ATTENTION_OUTPUT)
          y = self.norm(x, $W[n + 1])
          y = torch.mul(torch.silu($GATE_PROJ), $UP_PROJ)
          y = $DROP_FEED_FORWARD
          y = $DOWN_PROJ
          return torch.add(x, $DROP_FEED_FORWARD_OUTPUT)
      """;

  private static final String HIDDEN =
      """
        def $VARIANT_hidden(self, ids: Tensor, $P_LIST$SEEDS_PARAMETER) -> Tensor:
          # ids [B, T] -> [B T, d]
          c = self.context(ids)
          x = self.$VARIANT_embed(ids, $P$SEEDS_ARGUMENT)
          for layer in range($LAYERS):
            x = self.$VARIANT_block(x, layer, c, $P$SEEDS_ARGUMENT)
          return torch.view(self.norm(x, $W[$FINAL_NORM]), [-1, $HIDDEN])
      """;

  private ForwardText() {}

  /** What does not depend on the variant. */
  static String parts(LlamaProgram program) {
    return PARTS.replace("$MASK\n", AttentionText.mask(program)) + RotationText.TEXT;
  }

  /** {@code plain_hidden(ids, p)} and its parts: without dropout. */
  static String plain(LlamaProgram program) {
    return variant(program, Variant.PLAIN);
  }

  /** {@code dropping_hidden(ids, p, seeds)} and its parts: with dropout. */
  static String dropping(LlamaProgram program) {
    return variant(program, Variant.DROPPING);
  }

  /**
   * {@code prefill_hidden(ids, p, cache, slot)} and its parts: the blocks leave keys and values in
   * a cache.
   */
  static String prefill(LlamaProgram program) {
    return cached(program, BLOCK + HIDDEN, "prefill_", AttentionText.of(program));
  }

  /** {@code decode_block(x, layer, c, p, cache, slot)}: one token more, which sees the cache. */
  static String decode(LlamaProgram program) {
    return cached(program, BLOCK, "decode_", CacheText.ATTENTION);
  }

  private static String variant(LlamaProgram program, Variant variant) {
    boolean drops = variant == Variant.DROPPING;
    Dropout dropout = drops ? program.dropout() : Dropout.NONE;
    Map<String, String> parts =
        Map.of(
            "$EMBEDDING_GENERATOR\n",
            drops ? "    random = self.generator(ids, seeds, $LAYERS)\n" : "",
            "$BLOCK_GENERATOR\n",
            drops
                ? "    random = self.generator(x, seeds, layer)\n"
                    + DropoutText.fusedSeed(program, dropout)
                : "",
            "$KEEPING\n",
            "",
            "$ATTENTION\n",
            AttentionText.of(program));
    Map<String, String> values = new HashMap<>(DropoutText.sites(dropout));
    values.putAll(ProjectionText.of(program.lora(), drops));
    values.putAll(variant.placeholders());
    return fill(BLOCK + HIDDEN, parts, values);
  }

  private static String cached(LlamaProgram program, String text, String name, String attention) {
    Map<String, String> parts =
        Map.of(
            "$EMBEDDING_GENERATOR\n",
            "",
            "$BLOCK_GENERATOR\n",
            "",
            "$KEEPING\n",
            CacheText.KEEPING,
            "$ATTENTION\n",
            attention);
    Map<String, String> values = new HashMap<>(DropoutText.sites(Dropout.NONE));
    values.putAll(ProjectionText.of(program.lora(), false));
    values.put("$VARIANT_", name);
    values.put("$SEEDS_PARAMETER", ", cache: List[Tensor], slot: int");
    values.put("$SEEDS_ARGUMENT", ", cache, slot");
    return fill(text, parts, values);
  }

  private static String fill(
      String template, Map<String, String> parts, Map<String, String> values) {
    String text = template;
    for (var part : parts.entrySet()) {
      text = text.replace(part.getKey(), part.getValue());
    }
    return ScriptTemplate.fill(text, values);
  }
}
