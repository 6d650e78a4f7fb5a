package io.holdfast.lm.mixture;

import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.shard.TokenShard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The training sequences of a mixture plan. Sequence {@code i} depends on the plan and {@code i}
 * alone: any order of reading, and any number of readers, sees the same sequences.
 */
public final class MixtureSequences implements AutoCloseable {

  /** A target that is not predicted; the ignore index of the cross-entropy. */
  public static final long MASKED = -100;

  private final MixturePlan plan;
  private final Map<String, TokenShard> shards = new HashMap<>();
  private final List<StreamWindows> streams = new ArrayList<>();

  /** Running number of each phase's first sequence; one more at the end. */
  private final long[] phaseStarts;

  /**
   * Maps the plan's shards.
   *
   * @throws UnusableArtifactException when a shard is unusable or is not the one the plan was made
   *     for
   */
  public MixtureSequences(MixturePlan plan, ArtifactPaths artifacts) {
    this.plan = plan;
    this.phaseStarts = starts(plan.phases());
    try {
      for (TokenStream stream : plan.streams()) {
        TokenShard shard =
            shards.computeIfAbsent(
                stream.shard(), name -> TokenShard.open(artifacts.resolve(name)));
        check(stream, shard);
        streams.add(
            new StreamWindows(
                shard,
                shard.tokensInFirst(stream.firstDocument()),
                stream.tokens(),
                plan.sequenceLength(),
                plan.endOfText()));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static long[] starts(List<Phase> phases) {
    long[] starts = new long[phases.size() + 1];
    for (int phase = 0; phase < phases.size(); phase++) {
      starts[phase + 1] = Math.addExact(starts[phase], phases.get(phase).sequences());
    }
    return starts;
  }

  private static void check(TokenStream stream, TokenShard shard) {
    // The last document may be there in part: a budget counts tokens, not documents.
    long end = stream.firstDocument() + stream.documents();
    boolean fits =
        end <= shard.documents()
            && stream.tokens() <= tokens(shard, stream.firstDocument(), end)
            && (stream.documents() == 0
                || stream.tokens() > tokens(shard, stream.firstDocument(), end - 1));
    if (!fits) {
      throw new UnusableArtifactException(
          Problem.at(
              stream.shard(),
              "shard-not-as-planned",
              shard.documents() + " documents, " + shard.tokens() + " tokens",
              "The plan was made for a shard whose %d tokens from document %d on end in document %d."
                  .formatted(stream.tokens(), stream.firstDocument() + 1, end),
              "Request the stage again, so that its data is prepared anew."));
    }
  }

  private static long tokens(TokenShard shard, long firstDocument, long endDocument) {
    return shard.tokensInFirst(endDocument) - shard.tokensInFirst(firstDocument);
  }

  /**
   * Where a sequence comes from.
   *
   * @param stream index into the plan's streams
   * @param pass pass over the stream, from 0
   * @param window window of the stream
   * @param targets tokens that the sequence goes through; fewer than L in a stream's last window
   * @param scored those of them that have a loss; all, unless the shard has a mask
   */
  public record Source(int stream, long pass, long window, int targets, int scored) {}

  public long sequences() {
    return phaseStarts[phaseStarts.length - 1];
  }

  /** Targets per sequence, L. */
  public int sequenceLength() {
    return plan.sequenceLength();
  }

  /** Where sequence {@code i} comes from. */
  public Source source(long sequence) {
    Objects.checkIndex(sequence, sequences());
    int phase = phaseOf(sequence);
    long shuffled =
        new Permutation(plan.phases().get(phase).sequences(), plan.seed(), Purpose.PHASE, phase)
            .at(sequence - phaseStarts[phase]);
    Slice slice = null;
    for (Slice candidate : plan.phases().get(phase).slices()) {
      if (shuffled < candidate.windows()) {
        slice = candidate;
        break;
      }
      shuffled -= candidate.windows();
    }
    int stream = Objects.requireNonNull(slice, "slices fill their phase").stream();
    long running = slice.firstWindow() + shuffled;
    long windows = streams.get(stream).windows();
    long pass = running / windows;
    long window =
        new Permutation(windows, plan.seed(), Purpose.PASS, stream, pass).at(running % windows);
    StreamWindows windowsOfStream = streams.get(stream);
    return new Source(
        stream, pass, window, windowsOfStream.targets(window), windowsOfStream.scored(window));
  }

  /** The last phase that begins at or before a sequence; empty phases begin where the next does. */
  private int phaseOf(long sequence) {
    int found = Arrays.binarySearch(phaseStarts, sequence);
    int phase = found >= 0 ? found : -found - 2;
    while (phaseStarts[phase + 1] <= sequence) {
      phase++;
    }
    return phase;
  }

  /**
   * Reads sequence {@code i}.
   *
   * @param inputs L token ids
   * @param targets L token ids, {@link #MASKED} where nothing is predicted
   */
  public Source read(long sequence, long[] inputs, long[] targets) {
    Source source = source(sequence);
    streams.get(source.stream()).read(source.window(), inputs, targets);
    return source;
  }

  @Override
  public void close() {
    shards.values().forEach(TokenShard::close);
    shards.clear();
  }

  /** Tells the permutations of one seed apart. */
  private static final class Purpose {
    static final long PHASE = 1;
    static final long PASS = 2;
  }
}
