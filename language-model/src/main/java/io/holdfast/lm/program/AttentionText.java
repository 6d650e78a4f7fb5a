package io.holdfast.lm.program;

/**
 * From rotated queries q [B, T, H, h], rotated keys k [B, T, K, h] and values v [B, K, T, h] to y
 * [B, T, H h], and the mask that keeps tokens apart. The scale is in the queries already.
 */
final class AttentionText {

  /**
   * Queries at a time: at 256 tokens a step with 128 is 3 to 7 % faster than with all, and with 64
   * hardly so.
   */
  static final int PIECE = 128;

  /**
   * Scores are [B K, G R, S]: the G query heads of a key head are stacked one below the other, so
   * keys are never repeated. R queries at a time see the S tokens up to the last of them, and what
   * would all be future is never computed: for four pieces that is three eighths of the work.
   */
  private static final String PLAIN =
      """
          q = torch.view(q, [B, T, $KV_HEADS, $GROUP, $HEAD_SIZE])
          k = torch.reshape(torch.transpose(k, 1, 2), [B * $KV_HEADS, T, $HEAD_SIZE])
          v = torch.reshape(v, [B * $KV_HEADS, T, $HEAD_SIZE])
          pieces = annotate(List[Tensor], [])
          for i in range(torch.floordiv(T + $PIECE - 1, $PIECE)):
            piece = torch.slice(q, 1, i * $PIECE, (i + 1) * $PIECE)
            R = torch.size(piece, 1)
            S = i * $PIECE + R
            piece = torch.reshape(torch.permute(piece, [0, 2, 3, 1, 4]), [B * $KV_HEADS, $GROUP * R, $HEAD_SIZE])
            keys = torch.transpose(torch.slice(k, 1, 0, S), 1, 2)
            seen = torch.slice(torch.slice(mask, -2, S - R, S), -1, 0, S)
      $SCORES
            a = torch.softmax(a, -1)
            a = $DROP_ATTENTION
            y = torch.view(torch.bmm(a, torch.slice(v, 1, 0, S)), [B, $KV_HEADS, $GROUP, R, $HEAD_SIZE])
            pieces = torch.append(pieces, torch.permute(y, [0, 3, 1, 2, 4]))
          y = torch.reshape(torch.cat(pieces, 1), [B, T, $HEADS * $HEAD_SIZE])
      """;

  /** The mask is what the product is added to: no pass of its own over the scores. */
  private static final String SCORES_OF_ALL =
      """
            a = torch.baddbmm(torch.repeat(seen, [$GROUP, 1]), piece, keys)
      """;

  /**
   * Each sequence has a mask of its own, which its heads share. Not added in place: the scores are
   * seen through a view, and the gradient of a change through a view takes five passes over them.
   */
  private static final String SCORES_WITHIN_DOCUMENTS =
      """
            a = torch.view(torch.bmm(piece, keys), [B, $KV_HEADS, $GROUP, R, S])
            a = torch.view(torch.add(a, seen), [B * $KV_HEADS, $GROUP * R, S])
      """;

  private static final String FUSED =
      """
          y = torch.scaled_dot_product_attention(torch.transpose(q, 1, 2), torch.transpose(k, 1, 2), v, $FUSED_MASK, $P_ATTENTION, $IS_CAUSAL, scale=1.0, enable_gqa=$IS_GROUPED)
          y = torch.reshape(torch.transpose(y, 1, 2), [B, T, $HEADS * $HEAD_SIZE])
      """;

  /** The fused kernel knows the future by itself. */
  private static final String NO_MASK =
      """
          mask = torch.zeros([0], dtype=$TYPE, device=place)
      """;

  /** [T, T]: minus infinity above the diagonal. */
  private static final String FUTURE =
      """
          mask = torch.triu(torch.full([T, T], -inf, dtype=$TYPE, device=place), 1)
      """;

  /**
   * [B, ..., T, T]: a token sees the earlier ones of its document. The token that ends a document
   * belongs to it, so a token's document is the number of ends before it.
   */
  private static final String DOCUMENTS =
      """
          ends = torch.to(torch.eq(ids, $END_OF_TEXT), 4)
          document = torch.sub(torch.cumsum(ends, 1), ends)
          same = torch.eq(torch.unsqueeze(document, 2), torch.unsqueeze(document, 1))
          none = torch.zeros(torch.size(same), dtype=$TYPE, device=place)
          mask = torch.masked_fill(none, torch.logical_not(torch.tril(same)), -inf)
          mask = torch.view(mask, $MASK_SHAPE)
      """;

  private AttentionText() {}

  /** Within a block: from q, k, v and mask to y. */
  static String of(LlamaProgram program) {
    return switch (program.attention()) {
      case PLAIN ->
          PLAIN
              .replace("$PIECE", Integer.toString(PIECE))
              .replace(
                  "$SCORES\n",
                  program.endOfText() == null ? SCORES_OF_ALL : SCORES_WITHIN_DOCUMENTS);
      case FUSED -> {
        boolean within = program.endOfText() != null;
        yield FUSED
            .replace("$FUSED_MASK", within ? "mask" : "None")
            .replace("$IS_CAUSAL", within ? "False" : "True");
      }
    };
  }

  /** Once a call: from ids [B, T] and the device they are at to mask. */
  static String mask(LlamaProgram program) {
    if (program.endOfText() == null) {
      return program.attention() == Attention.PLAIN ? FUTURE : NO_MASK;
    }
    String shape =
        switch (program.attention()) {
          case PLAIN -> "[-1, 1, 1, T, T]";
          case FUSED -> "[-1, 1, T, T]";
        };
    return DOCUMENTS
        .replace("$END_OF_TEXT", program.endOfText().toString())
        .replace("$MASK_SHAPE", shape);
  }
}
