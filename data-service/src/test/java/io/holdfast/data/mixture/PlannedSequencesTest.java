package io.holdfast.data.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Replay;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import io.holdfast.lm.mixture.MixtureSequences;
import io.holdfast.lm.shard.TokenShardWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans as the engine reads them: every token counted that is a target. */
class PlannedSequencesTest {

  /** Corpus a has the tokens 1000, 1001, …; corpus b 5000, 5001, …; each token once. */
  private static final Map<String, Integer> FIRST_TOKEN = Map.of("a", 1000, "b", 5000);

  private static final List<Integer> SIZES = List.of(7, 31, 12, 1, 44, 9, 20, 3, 15, 58);

  @TempDir Path directory;

  @Test
  void theEngineTrainsOnExactlyThePlannedTokens() {
    MixtureSpec spec =
        new MixtureSpec(
            8,
            Budget.ofTokens(450),
            List.of(new Source(new Part("a", null), 1)),
            List.of(new Exposure(new Part("b", null), 0.3, ExposureMode.REPLACE, 0.5, 1)),
            List.of(new Replay(new Part("b", 100L), 0.1)));
    for (String corpus : FIRST_TOKEN.keySet()) {
      write(corpus);
    }
    Map<String, TrainingSplit> corpora =
        Map.of(
            "a", new TrainingSplit("a", new ListedDocuments(SIZES)),
            "b", new TrainingSplit("b", new ListedDocuments(SIZES)));
    MixturePlan plan = ((Planning.Planned) MixturePlanner.plan(spec, corpora, 0, 3)).plan();

    Map<Role, Map<Long, Integer>> targets = new TreeMap<>();
    try (MixtureSequences sequences = new MixtureSequences(plan, directory::resolve)) {
      assertThat(sequences.sequences()).isEqualTo(plan.sequences());
      long[] inputs = new long[8];
      long[] outputs = new long[8];
      for (long i = 0; i < sequences.sequences(); i++) {
        Role role = plan.streams().get(sequences.read(i, inputs, outputs).stream()).role();
        if (role == Role.EXPOSURE) {
          assertThat(i).isGreaterThanOrEqualTo(Math.round(0.5 * sequences.sequences()));
        }
        for (long token : outputs) {
          if (token != MixtureSequences.MASKED) {
            targets.computeIfAbsent(role, any -> new TreeMap<>()).merge(token, 1, Integer::sum);
          }
        }
      }
    }

    // The first 3 of 10 documents of b: 50 tokens, once each.
    assertThat(targets.get(Role.EXPOSURE)).isEqualTo(counts(5000, 50, 1, 0, 0));
    // 400 of a's 200 tokens: two passes.
    assertThat(targets.get(Role.BASE)).isEqualTo(counts(1000, 200, 2, 0, 0));
    // A tenth of 500: 50 tokens of the part of b that first reaches 100, which has 104.
    assertThat(targets.get(Role.REPLAY)).isEqualTo(counts(5000, 50, 1, 0, 0));
  }

  @Test
  void aBudgetThatIsNoWholeNumberOfPassesRepeatsTheFirstTokens() {
    write("a");
    MixtureSpec spec =
        new MixtureSpec(
            16,
            Budget.ofTokens(233),
            List.of(new Source(new Part("a", null), 1)),
            List.of(),
            List.of());
    Map<String, TrainingSplit> corpora =
        Map.of("a", new TrainingSplit("a", new ListedDocuments(SIZES)));
    MixturePlan plan = ((Planning.Planned) MixturePlanner.plan(spec, corpora, 0, 3)).plan();
    Map<Long, Integer> targets = new TreeMap<>();
    try (MixtureSequences sequences = new MixtureSequences(plan, directory::resolve)) {
      long[] outputs = new long[16];
      for (long i = 0; i < sequences.sequences(); i++) {
        sequences.read(i, new long[16], outputs);
        for (long token : outputs) {
          if (token != MixtureSequences.MASKED) {
            targets.merge(token, 1, Integer::sum);
          }
        }
      }
    }
    assertThat(targets).isEqualTo(counts(1000, 33, 2, 167, 1));
  }

  @Test
  void whatIsExposedEarlyIsExactlyWhatALaterStageSkips() {
    write("a");
    write("b");
    Map<String, TrainingSplit> corpora =
        Map.of(
            "a", new TrainingSplit("a", new ListedDocuments(SIZES)),
            "b", new TrainingSplit("b", new ListedDocuments(SIZES)));
    MixtureSpec early =
        new MixtureSpec(
            16,
            Budget.ofTokens(100),
            List.of(new Source(new Part("a", null), 1)),
            List.of(new Exposure(new Part("b", 150L), 0.4, ExposureMode.ADD, 0, 1)),
            List.of());
    MixtureSpec late =
        new MixtureSpec(
            16,
            Budget.ofEpochs(1),
            List.of(new Source(new Part("b", 150L, 0.4), 1)),
            List.of(),
            List.of());

    // 10 documents of 200 tokens; the first 10 reach 150, of which 4 are exposed: 51 tokens.
    assertThat(targets(early, corpora).get(Role.EXPOSURE)).isEqualTo(counts(5000, 51, 1, 0, 0));
    Map<Long, Integer> rest = counts(5051, 149, 1, 0, 0);
    assertThat(targets(late, corpora)).isEqualTo(Map.of(Role.BASE, rest));
  }

  private Map<Role, Map<Long, Integer>> targets(
      MixtureSpec spec, Map<String, TrainingSplit> corpora) {
    MixturePlan plan = ((Planning.Planned) MixturePlanner.plan(spec, corpora, 0, 3)).plan();
    Map<Role, Map<Long, Integer>> targets = new TreeMap<>();
    try (MixtureSequences sequences = new MixtureSequences(plan, directory::resolve)) {
      long[] outputs = new long[plan.sequenceLength()];
      for (long i = 0; i < sequences.sequences(); i++) {
        long[] inputs = new long[plan.sequenceLength()];
        Role role = plan.streams().get(sequences.read(i, inputs, outputs).stream()).role();
        for (long token : outputs) {
          if (token != MixtureSequences.MASKED) {
            targets.computeIfAbsent(role, any -> new TreeMap<>()).merge(token, 1, Integer::sum);
          }
        }
      }
    }
    return targets;
  }

  /** The first tokens so often, the next ones so often. */
  private static Map<Long, Integer> counts(long begin, int first, int often, int next, int then) {
    Map<Long, Integer> counts = new TreeMap<>();
    IntStream.range(0, first).forEach(i -> counts.put(begin + i, often));
    IntStream.range(first, first + next).forEach(i -> counts.put(begin + i, then));
    return counts;
  }

  private void write(String corpus) {
    int token = FIRST_TOKEN.get(corpus);
    try (TokenShardWriter writer = TokenShardWriter.create(directory.resolve(corpus), 8192)) {
      for (int size : SIZES) {
        int first = token;
        writer.append(IntStream.range(first, first + size).toArray());
        token += size;
      }
      writer.finish();
    }
  }
}
