package io.holdfast.trainer;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.contracts.stage.Optimization.Schedule;
import io.holdfast.contracts.stage.Optimization.Warmup;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.stage.StageSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Stages of a model that trains a step in about a millisecond. */
public final class Stages {

  public static final int VOCAB_SIZE = 257;
  public static final int END_OF_TEXT = 256;
  public static final int SEQUENCE_LENGTH = 16;
  public static final int BATCH = 4;
  public static final String TOKENIZER = "tokenizers/bytes/tokenizer.json";
  public static final String SHARD = "shards/corpus/train";

  /** Tokens of the shard that {@link StageFiles} writes; a whole number of batches. */
  public static final long TOKENS = 6_400;

  public static final Architecture MODEL =
      new Architecture(VOCAB_SIZE, 16, 32, 1, 2, 1, 8, 32, 10_000, 1e-5, true, 0.02);

  private Stages() {}

  /** Optimizer steps of one pass over the shard. */
  public static final long STEPS_PER_EPOCH = TOKENS / (BATCH * SEQUENCE_LENGTH);

  public static StageSpec spec(String parent, long seed, int epochs) {
    return spec(parent, MODEL, null, seed, epochs);
  }

  /** A stage from random weights that leaves its weights at marks. */
  public static StageSpec marked(long seed, int epochs, long... marks) {
    StageSpec plain = spec(null, seed, epochs);
    return new StageSpec(
        plain.numerics(),
        plain.kind(),
        plain.parent(),
        null,
        plain.architecture(),
        plain.tokenizer(),
        plain.mixture(),
        plain.optimization(),
        plain.method(),
        plain.earlyStopping(),
        Arrays.stream(marks).boxed().toList(),
        plain.seed());
  }

  /** A stage of one pass from random weights, by a method. */
  public static StageSpec root(Method method, long seed) {
    return spec(null, MODEL, method, seed, 1);
  }

  /** A stage of one pass that continues another by a method. */
  public static StageSpec after(StageSpec parent, Method method, long seed) {
    return spec(parent.id(), parent.resultArchitecture(), method, seed, 1);
  }

  /**
   * A stage of one pass that starts from a user's model.
   *
   * @param peakLearningRate 1e-30 moves no weight: every step is less than half a unit in the last
   *     place of any fp32 number that is not tiny itself
   */
  public static StageSpec onBase(
      String base, Architecture model, Method method, long seed, double peakLearningRate) {
    return spec(null, base, model, method, seed, 1, peakLearningRate);
  }

  private static StageSpec spec(
      String parent, Architecture model, Method method, long seed, int epochs) {
    return spec(parent, null, model, method, seed, epochs, 1e-2);
  }

  private static StageSpec spec(
      String parent,
      String base,
      Architecture model,
      Method method,
      long seed,
      int epochs,
      double peakLearningRate) {
    return new StageSpec(
        StageSpec.CURRENT_NUMERICS,
        parent == null && base == null ? StageKind.PRETRAIN : StageKind.POST_TRAIN,
        parent,
        base,
        model,
        "bytes",
        new MixtureSpec(
            SEQUENCE_LENGTH,
            Budget.ofEpochs(epochs),
            List.of(new MixtureSpec.Source(new MixtureSpec.Part("corpus", null), 1)),
            List.of(),
            List.of()),
        new Optimization(
            BATCH,
            peakLearningRate,
            peakLearningRate / 10,
            Schedule.COSINE,
            new Warmup(2L, null),
            0,
            0.9,
            0.95,
            1e-8,
            0.1,
            1,
            Dropout.NONE,
            Precision.FP32),
        method,
        null,
        List.of(),
        seed);
  }

  public static StagePrepared prepared(
      StageSpec spec, int epochs, int attempt, List<HeldOutShard> evaluations) {
    TokenStream stream = new TokenStream("corpus", Role.BASE, SHARD, 64, TOKENS);
    long windows = stream.windows(SEQUENCE_LENGTH);
    List<Phase> phases = List.of(new Phase(List.of(new Slice(0, 0, epochs * windows))));
    MixturePlan plan =
        new MixturePlan(SEQUENCE_LENGTH, spec.seed(), END_OF_TEXT, List.of(stream), phases);
    return new StagePrepared(
        spec.id(),
        spec,
        plan,
        TOKENIZER,
        null,
        spec.methodOrPlain().fisher().map(Stages::split).orElse(null),
        evaluations,
        List.of(),
        List.of(),
        attempt,
        attempt);
  }

  /** The only text that there is, also to measure on. */
  private static HeldOutShard split(Fisher fisher) {
    return new HeldOutShard(fisher.corpus(), SHARD, END_OF_TEXT, fisher.maxTokens());
  }

  public static StagePrepared prepared(long seed, int attempt) {
    return prepared(spec(null, seed, 1), 1, attempt, List.of(heldOut("held-out-" + seed)));
  }

  public static HeldOutShard heldOut(String corpus) {
    return new HeldOutShard(corpus, "shards/" + corpus + "/test", END_OF_TEXT, 1_000);
  }

  public static StageCompleted completed(String stageId) {
    return new StageCompleted(
        stageId,
        "checkpoints/" + stageId + "/final",
        "0".repeat(64),
        100,
        TOKENS,
        Map.of("corpus", TOKENS),
        false,
        100,
        null,
        1,
        1e9);
  }
}
