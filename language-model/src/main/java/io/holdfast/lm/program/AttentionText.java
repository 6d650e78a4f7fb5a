package io.holdfast.lm.program;

/**
 * From rotated queries q [B, T, H, h], rotated keys k [B, T, K, h] and values v [B, K, T, h] to y
 * [B, T, H h]. The scale is in the queries already.
 */
final class AttentionText {

  /**
   * Scores are [B, K, G, T, T]. The G query heads of a key head are stacked along T, one below the
   * other, so keys are never repeated.
   */
  private static final String PLAIN =
      """
          q = torch.permute(torch.view(q, [B, T, $KV_HEADS, $GROUP, $HEAD_SIZE]), [0, 2, 3, 1, 4])
          q = torch.reshape(q, [B, $KV_HEADS, $GROUP * T, $HEAD_SIZE])
          a = torch.view(torch.matmul(q, torch.permute(k, [0, 2, 3, 1])), [B, $KV_HEADS, $GROUP, T, T])
          a = torch.softmax(torch.add(a, mask), -1)
          a = torch.view($DROP_ATTENTION, [B, $KV_HEADS, $GROUP * T, T])
          y = torch.view(torch.matmul(a, v), [B, $KV_HEADS, $GROUP, T, $HEAD_SIZE])
          y = torch.reshape(torch.permute(y, [0, 3, 1, 2, 4]), [B, T, $HEADS * $HEAD_SIZE])
      """;

  private static final String FUSED =
      """
          y = torch.scaled_dot_product_attention(torch.transpose(q, 1, 2), torch.transpose(k, 1, 2), v, None, $P_ATTENTION, True, scale=1.0, enable_gqa=$IS_GROUPED)
          y = torch.reshape(torch.transpose(y, 1, 2), [B, T, $HEADS * $HEAD_SIZE])
      """;

  private AttentionText() {}

  static String of(Attention attention) {
    return switch (attention) {
      case PLAIN -> PLAIN;
      case FUSED -> FUSED;
    };
  }
}
