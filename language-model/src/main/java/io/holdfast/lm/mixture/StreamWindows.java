package io.holdfast.lm.mixture;

import io.holdfast.lm.shard.TokenShard;
import java.util.Arrays;
import java.util.Objects;

/**
 * A run of a shard's tokens, from the beginning of a document on, cut into windows of L targets.
 * Window {@code w} has the targets {@code [wL, (w+1)L)} of the stream and as inputs the tokens one
 * earlier; the stream's first input is the end-of-text token. The last window is moved back to end
 * at the stream's end, with the targets that earlier windows covered masked, so that every token is
 * a target exactly once. Targets of a masked shard that have no loss are masked too.
 */
final class StreamWindows {

  private final TokenShard shard;
  private final long first;
  private final long tokens;
  private final int length;
  private final int endOfText;

  /**
   * Windows over the first tokens of a shard.
   *
   * @param length L, targets per window
   */
  StreamWindows(TokenShard shard, long tokens, int length, int endOfText) {
    this(shard, 0, tokens, length, endOfText);
  }

  /**
   * Windows over tokens of a shard.
   *
   * @param first the shard's tokens before them
   * @param length L, targets per window
   */
  StreamWindows(TokenShard shard, long first, long tokens, int length, int endOfText) {
    Objects.checkFromIndexSize(first, tokens, shard.tokens());
    this.shard = shard;
    this.first = first;
    this.tokens = tokens;
    this.length = length;
    this.endOfText = endOfText;
  }

  long windows() {
    return Math.ceilDiv(tokens, length);
  }

  /** Targets of a window that no other window has. */
  int targets(long window) {
    Objects.checkIndex(window, windows());
    return (int) Math.min(length, tokens - window * length);
  }

  /** Those of them that have a loss. */
  int scored(long window) {
    int fresh = targets(window);
    return (int) shard.scored(first + window * length, fresh);
  }

  /**
   * Reads a window.
   *
   * @param inputs L token ids
   * @param targets L token ids, {@link MixtureSequences#MASKED} where nothing is predicted
   */
  void read(long window, long[] inputs, long[] targets) {
    int fresh = targets(window);
    long start = Math.max(0, Math.min(window * length, tokens - length));
    int present = (int) Math.min(length, tokens - start);
    shard.read(first + start, present, targets, 0);
    inputs[0] = endOfText;
    if (start > 0) {
      shard.read(first + start - 1, 1, inputs, 0);
    }
    System.arraycopy(targets, 0, inputs, 1, Math.min(present, length - 1));
    if (present < length) {
      // A stream shorter than one window: padded behind, where causal attention cannot see it.
      Arrays.fill(inputs, present, length, endOfText);
      Arrays.fill(targets, present, length, MixtureSequences.MASKED);
    } else {
      Arrays.fill(targets, 0, length - fresh, MixtureSequences.MASKED);
    }
    if (shard.isMasked()) {
      hide(first + start, present, targets);
    }
  }

  /** Hides targets that have no loss; as inputs they stay. */
  private void hide(long from, int count, long[] targets) {
    for (int i = 0; i < count; i++) {
      if (!shard.isScored(from + i)) {
        targets[i] = MixtureSequences.MASKED;
      }
    }
  }
}
