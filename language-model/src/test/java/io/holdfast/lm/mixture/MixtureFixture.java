package io.holdfast.lm.mixture;

import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.shard.TokenShardWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Real shards and a random plan over them. Every token of every shard is a different number, so a
 * target says which token it is.
 */
final class MixtureFixture implements AutoCloseable {

  static final int END_OF_TEXT = 0;
  static final int SHARD_STRIDE = 100_000;

  final Path root;
  final ArtifactPaths artifacts;
  final MixturePlan plan;

  /** Passes over each stream that the plan makes; all plans here make whole passes. */
  final List<Integer> passes = new ArrayList<>();

  private MixtureFixture(Path root, Random random, int length, int streamCount) {
    this.root = root;
    this.artifacts = ArtifactPaths.under(root);
    List<TokenStream> streams = new ArrayList<>();
    for (int s = 0; s < streamCount; s++) {
      streams.add(stream(root, s, random));
    }
    this.plan =
        new MixturePlan(
            length, random.nextLong(), END_OF_TEXT, streams, phases(streams, length, random));
  }

  static MixtureFixture random(long seed, int length, int streamCount) {
    try {
      return new MixtureFixture(
          Files.createTempDirectory("mixture"), new Random(seed), length, streamCount);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a shard of up to nine documents of up to twelve tokens and takes a prefix of it, which
   * ends anywhere in its last document.
   */
  private static TokenStream stream(Path root, int number, Random random) {
    String name = "shard" + number;
    int documents = 1 + random.nextInt(9);
    int used = 1 + random.nextInt(documents);
    long usedTokens = 0;
    int token = token(number, 0);
    try (TokenShardWriter writer = TokenShardWriter.create(root.resolve(name), 1 << 20)) {
      for (int d = 0; d < documents; d++) {
        int[] document = new int[1 + random.nextInt(12)];
        for (int t = 0; t < document.length; t++) {
          document[t] = token++;
        }
        writer.append(document);
        usedTokens += d < used ? document.length : 0;
        usedTokens -= d == used - 1 ? random.nextInt(document.length) : 0;
      }
      writer.finish();
    }
    return new TokenStream("corpus" + number, Role.BASE, name, used, usedTokens);
  }

  /** The number that stands at a position of a stream. */
  static int token(int stream, long position) {
    return (int) (1 + (long) stream * SHARD_STRIDE + position);
  }

  /** Cuts each stream's passes at random places and deals the pieces to random phases. */
  private List<Phase> phases(List<TokenStream> streams, int length, Random random) {
    List<List<Slice>> dealt = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int p = 0; p < count; p++) {
      dealt.add(new ArrayList<>());
    }
    for (int s = 0; s < streams.size(); s++) {
      int streamPasses = 1 + random.nextInt(3);
      passes.add(streamPasses);
      long end = streams.get(s).windows(length) * streamPasses;
      for (long first = 0; first < end; ) {
        long windows = Math.min(end - first, random.nextLong(end + 1));
        dealt.get(random.nextInt(count)).add(new Slice(s, first, windows));
        first += windows;
      }
    }
    return dealt.stream().map(Phase::new).toList();
  }

  @Override
  public void close() {
    try {
      Storage.deleteRecursively(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
