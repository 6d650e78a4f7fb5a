package io.holdfast.lm.mixture;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.shard.TokenShard;

/**
 * The windows of a held-out split in order: every token within the limit that has a loss is a
 * target exactly once. Windows are cut as in training.
 */
public final class HeldOutWindows implements AutoCloseable {

  private final TokenShard shard;
  private final long tokens;
  private final StreamWindows windows;

  /**
   * Maps a held-out shard.
   *
   * @param sequenceLength L, targets per window
   * @throws io.holdfast.lm.durable.UnusableArtifactException when the shard is unusable
   */
  public HeldOutWindows(HeldOutShard heldOut, int sequenceLength, ArtifactPaths artifacts) {
    this.shard = TokenShard.open(artifacts.resolve(heldOut.shard()));
    this.tokens = Math.min(heldOut.maxTokens(), shard.tokens());
    this.windows = new StreamWindows(shard, tokens, sequenceLength, heldOut.endOfText());
  }

  public long windows() {
    return windows.windows();
  }

  /** Tokens within the limit, whether or not they have a loss. */
  public long tokens() {
    return tokens;
  }

  /** Those of them that have a loss. */
  public long scoredTokens() {
    return shard.scored(0, tokens);
  }

  /** Unmasked targets of a window. */
  public int scored(long window) {
    return windows.scored(window);
  }

  /**
   * Reads a window.
   *
   * @param inputs L token ids
   * @param targets L token ids, {@link MixtureSequences#MASKED} where nothing is predicted
   */
  public void read(long window, long[] inputs, long[] targets) {
    windows.read(window, inputs, targets);
  }

  /**
   * Copies those of the tokens {@code [from, from + count)} that have a loss, for counting their
   * bytes.
   *
   * @return how many they are
   */
  public int scored(long from, int count, long[] destination) {
    shard.read(from, count, destination, 0);
    if (!shard.isMasked()) {
      return count;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (shard.isScored(from + i)) {
        destination[kept++] = destination[i];
      }
    }
    return kept;
  }

  @Override
  public void close() {
    shard.close();
  }
}
