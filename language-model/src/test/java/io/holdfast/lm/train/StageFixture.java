package io.holdfast.lm.train;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.EarlyStopping;
import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.contracts.stage.Optimization.Schedule;
import io.holdfast.contracts.stage.Optimization.Warmup;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.shard.TokenShard;
import io.holdfast.lm.shard.TokenShardWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small stage over real shards: two corpora of a language of counting, which a small model learns
 * within some hundred steps. Immutable; each {@code with} is another stage in the same store.
 */
record StageFixture(
    Path root,
    MixturePlan plan,
    String parent,
    Optimization optimization,
    Method method,
    EarlyStopping earlyStopping,
    List<Long> marks,
    long seed,
    Duration checkpointInterval) {

  static final int VOCAB = 67;
  static final int LENGTH = 16;
  static final Architecture MODEL =
      new Architecture(VOCAB, 24, 40, 2, 4, 2, 6, 32, 10_000, 1e-5, true, 0.02);

  /** Longer than any test. */
  static final Duration NEVER = Duration.ofDays(1);

  private static final int END_OF_TEXT = 0;

  static StageFixture in(Path root) {
    try {
      Files.writeString(
          root.resolve("tokenizer.json"),
          """
          {"version":"1.0","added_tokens":[{"id":0,"content":"<|endoftext|>","special":true}],
           "model":{"type":"BPE","vocab":{"<|endoftext|>":0,"a":1},"merges":[]}}
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long prose = writeShard(root, "prose", 60, 1);
    long notes = writeShard(root, "notes", 20, 2);
    writeShard(root, "dev", 10, 3);
    MixturePlan plan =
        new MixturePlan(
            LENGTH,
            17,
            END_OF_TEXT,
            List.of(
                new TokenStream("prose", Role.BASE, "prose", 60, prose),
                new TokenStream("notes", Role.EXPOSURE, "notes", 20, notes)),
            List.of(
                new Phase(
                    List.of(
                        new Slice(0, 0, Math.ceilDiv(prose, LENGTH)),
                        new Slice(1, 0, Math.ceilDiv(notes, LENGTH))))));
    return new StageFixture(root, plan, null, defaults(), null, null, List.of(), 5, NEVER);
  }

  private static Optimization defaults() {
    return batchesOf(4);
  }

  static Optimization batchesOf(int sequences) {
    return new Optimization(
        sequences,
        5e-3,
        5e-4,
        Schedule.COSINE,
        new Warmup(3L, null),
        0,
        0.9,
        0.95,
        1e-8,
        0.1,
        1,
        new Dropout(0.1, 0.1, 0.1, 0.1),
        Precision.BF16);
  }

  /** fp32, no dropout and one rate throughout: nothing of a step depends on its number. */
  static Optimization steady() {
    return new Optimization(
        4,
        1e-3,
        1e-3,
        Schedule.CONSTANT,
        new Warmup(0L, null),
        0,
        0.9,
        0.95,
        1e-8,
        0.1,
        1,
        Dropout.NONE,
        Precision.FP32);
  }

  /**
   * Documents that count on from a random number by a random stride. A shard that another process
   * wrote is taken as it is.
   *
   * @return its tokens
   */
  private static long writeShard(Path root, String name, int documents, long seed) {
    if (Files.exists(root.resolve(name + ".idx"))) {
      try (TokenShard shard = TokenShard.open(root.resolve(name))) {
        return shard.tokens();
      }
    }
    Random random = new Random(seed);
    try (TokenShardWriter writer = TokenShardWriter.create(root.resolve(name), VOCAB)) {
      for (int d = 0; d < documents; d++) {
        int[] document = new int[10 + random.nextInt(20)];
        int stride = 1 + random.nextInt(3);
        int first = random.nextInt(VOCAB);
        for (int t = 0; t < document.length - 1; t++) {
          document[t] = 1 + (first + t * stride) % (VOCAB - 1);
        }
        document[document.length - 1] = END_OF_TEXT;
        writer.append(document);
      }
      writer.finish();
      return writer.tokens();
    }
  }

  StageFixture withParent(String stageId) {
    return new StageFixture(
        root, plan, stageId, optimization, method, earlyStopping, marks, seed, checkpointInterval);
  }

  StageFixture withOptimization(Optimization other) {
    return new StageFixture(
        root, plan, parent, other, method, earlyStopping, marks, seed, checkpointInterval);
  }

  StageFixture withMethod(Method other) {
    return new StageFixture(
        root, plan, parent, optimization, other, earlyStopping, marks, seed, checkpointInterval);
  }

  StageFixture withMarks(Long... tokens) {
    return new StageFixture(
        root,
        plan,
        parent,
        optimization,
        method,
        earlyStopping,
        List.of(tokens),
        seed,
        checkpointInterval);
  }

  StageFixture withSeed(long other) {
    return new StageFixture(
        root, plan, parent, optimization, method, earlyStopping, marks, other, checkpointInterval);
  }

  StageFixture withPeak(double learningRate) {
    Optimization o = optimization;
    return withOptimization(
        new Optimization(
            o.batchSequences(),
            learningRate,
            o.minLearningRate(),
            o.schedule(),
            o.warmup(),
            o.decayFraction(),
            o.beta1(),
            o.beta2(),
            o.epsilon(),
            o.weightDecay(),
            o.clipNorm(),
            o.dropout(),
            o.precision()));
  }

  StageFixture withEarlyStopping(long everyTokens, int patience) {
    EarlyStopping rule = new EarlyStopping("dev", everyTokens, patience, 100_000);
    return new StageFixture(
        root, plan, parent, optimization, method, rule, marks, seed, checkpointInterval);
  }

  StageFixture withPlan(MixturePlan other) {
    return new StageFixture(
        root, other, parent, optimization, method, earlyStopping, marks, seed, checkpointInterval);
  }

  StageFixture withCheckpointInterval(Duration interval) {
    return new StageFixture(
        root, plan, parent, optimization, method, earlyStopping, marks, seed, interval);
  }

  StageSpec spec() {
    return spec(MODEL);
  }

  private StageSpec spec(Architecture model) {
    return new StageSpec(
        StageSpec.CURRENT_NUMERICS,
        parent == null ? StageKind.PRETRAIN : StageKind.POST_TRAIN,
        parent,
        null,
        model,
        "tokenizer",
        new MixtureSpec(
            LENGTH,
            Budget.ofEpochs(1),
            List.of(new MixtureSpec.Source(new MixtureSpec.Part("prose", null), 1)),
            List.of(),
            List.of()),
        optimization,
        method,
        earlyStopping,
        marks,
        seed);
  }

  /** A run that keeps its checkpoints in a directory of the store. */
  StageRun run(String directory) {
    return run(MODEL, directory);
  }

  /** The run of another model. */
  StageRun run(Architecture model, String directory) {
    HeldOutShard dev = new HeldOutShard("dev", "dev", END_OF_TEXT, 100_000);
    return new StageRun(
        spec(model),
        plan,
        ArtifactPaths.under(root),
        parent == null ? null : parent + "/final",
        "tokenizer.json",
        earlyStopping == null ? null : dev,
        method == null || method.anchor() == null ? null : dev,
        root.resolve(directory),
        checkpointInterval,
        2);
  }

  long steps() {
    return Math.ceilDiv(plan.sequences(), optimization.batchSequences());
  }

  Map<String, Long> tokensOfPlan() {
    return Map.of("prose", plan.streams().get(0).tokens(), "notes", plan.streams().get(1).tokens());
  }
}
