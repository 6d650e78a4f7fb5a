package io.holdfast.benchmarks;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.contracts.stage.Optimization.Schedule;
import io.holdfast.contracts.stage.Optimization.Warmup;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.shard.TokenShardWriter;
import io.holdfast.lm.train.StageRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A stage on a shard of random tokens in a directory of its own, which {@link #close} removes.
 *
 * @param sequences training sequences in the shard
 */
record SyntheticStage(Path root, ModelSize size, long sequences) implements AutoCloseable {

  private static final String SHARD = "tokens";
  private static final int END_OF_TEXT = 0;
  private static final int DOCUMENT_TOKENS = 500;

  static SyntheticStage create(ModelSize size, long sequences) {
    try {
      Path root = Files.createTempDirectory("holdfast-benchmark");
      long tokens = sequences * size.context();
      Random random = new Random(7);
      try (TokenShardWriter writer =
          TokenShardWriter.create(root.resolve(SHARD), size.architecture().vocabSize())) {
        for (long written = 0; written < tokens; written += DOCUMENT_TOKENS) {
          int length = (int) Math.min(DOCUMENT_TOKENS, tokens - written);
          long[] document = random.longs(length, 1, size.architecture().vocabSize()).toArray();
          document[length - 1] = END_OF_TEXT;
          writer.append(document);
        }
        writer.finish();
      }
      return new SyntheticStage(root, size, sequences);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ArtifactPaths artifacts() {
    return ArtifactPaths.under(root);
  }

  /** The stage as a trainer runs it; its checkpoints are never due. */
  StageRun run(Precision precision) {
    return new StageRun(
        spec(precision),
        plan(),
        artifacts(),
        null,
        "tokenizer.json",
        null,
        null,
        root.resolve("checkpoints"),
        Duration.ofDays(1),
        1);
  }

  /** The same tokens as a held-out split. */
  HeldOutShard heldOut() {
    return new HeldOutShard("random", SHARD, END_OF_TEXT, sequences * size.context());
  }

  private MixturePlan plan() {
    long tokens = sequences * size.context();
    return new MixturePlan(
        size.context(),
        17,
        END_OF_TEXT,
        List.of(
            new TokenStream(
                "random", Role.BASE, SHARD, Math.ceilDiv(tokens, DOCUMENT_TOKENS), tokens)),
        List.of(new Phase(List.of(new Slice(0, 0, sequences)))));
  }

  private StageSpec spec(Precision precision) {
    return new StageSpec(
        StageSpec.CURRENT_NUMERICS,
        StageKind.PRETRAIN,
        null,
        null,
        size.architecture(),
        "tokenizer",
        new MixtureSpec(
            size.context(),
            Budget.ofEpochs(1),
            List.of(new MixtureSpec.Source(new MixtureSpec.Part("random", null), 1)),
            List.of(),
            List.of()),
        new Optimization(
            size.batch(),
            1e-4,
            1e-4,
            Schedule.CONSTANT,
            new Warmup(0L, null),
            0,
            0.9,
            0.95,
            1e-8,
            0.1,
            1,
            Dropout.NONE,
            precision),
        null,
        null,
        List.of(),
        5);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
