package io.holdfast.lm.mixture;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.shard.TokenShard;

/**
 * The windows of a held-out split in order: every token within the limit is a target exactly once.
 * Windows are cut as in training.
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

  /** Scored tokens. */
  public long tokens() {
    return tokens;
  }

  /** Unmasked targets of a window. */
  public int targets(long window) {
    return windows.targets(window);
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

  /** Copies scored tokens {@code [from, from + count)}, for counting their bytes. */
  public void tokens(long from, int count, long[] destination) {
    shard.read(from, count, destination, 0);
  }

  @Override
  public void close() {
    shard.close();
  }
}
