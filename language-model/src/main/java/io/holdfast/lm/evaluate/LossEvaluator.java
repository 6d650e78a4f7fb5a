package io.holdfast.lm.evaluate;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.mixture.HeldOutWindows;
import io.holdfast.lm.program.LlamaProgram;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.weights.CheckpointWeights;
import io.holdfast.lm.weights.ModelWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Scores a model on held-out splits. */
public final class LossEvaluator {

  private static final int BYTES_CHUNK = 1 << 16;

  private final Precision precision;

  /** Scores with bf16 products, as models are trained. */
  public LossEvaluator() {
    this(Precision.BF16);
  }

  /**
   * Scores in a number format.
   *
   * @param precision of the matrix products; losses are summed in fp64 in either
   */
  public LossEvaluator(Precision precision) {
    this.precision = precision;
  }

  /**
   * Mean next-token cross-entropy of a Hugging Face checkpoint directory on each held-out split.
   * Blocks; call it from one dedicated thread.
   *
   * @param checkpoint directory with {@code config.json}, {@code model.safetensors} and {@code
   *     tokenizer.json}
   * @param sequenceLength tokens per scored window
   * @return one result for each set, in their order
   * @throws io.holdfast.lm.durable.UnusableArtifactException when the checkpoint or a shard is
   *     missing, incomplete, malformed or not what was published
   * @throws io.holdfast.lm.program.EngineFailure when libtorch fails
   */
  public List<LossResult> evaluate(
      Path checkpoint, int sequenceLength, List<HeldOutShard> sets, ArtifactPaths artifacts) {
    try (CheckpointWeights weights = CheckpointWeights.open(checkpoint)) {
      return evaluate(weights, sequenceLength, sets, artifacts);
    }
  }

  /**
   * The same for weights that need not lie on disk, such as an interpolation's.
   *
   * @return one result for each set, in their order
   * @throws io.holdfast.lm.durable.UnusableArtifactException when the weights or a shard cannot be
   *     read
   * @throws io.holdfast.lm.program.EngineFailure when libtorch fails
   */
  public List<LossResult> evaluate(
      ModelWeights model, int sequenceLength, List<HeldOutShard> sets, ArtifactPaths artifacts) {
    Architecture architecture = model.architecture();
    TokenBytes tokenBytes = TokenBytes.read(model.tokenizer().file());
    try (TensorSet weights = TensorSet.zeros(ParameterLayout.of(architecture));
        LoadedProgram program = LlamaProgram.forEvaluation(architecture, precision).load()) {
      weights.load(model);
      List<LossResult> results = new ArrayList<>();
      for (HeldOutShard set : sets) {
        try (HeldOutWindows windows = new HeldOutWindows(set, sequenceLength, artifacts)) {
          HeldOutLoss loss = HeldOutLoss.measure(program, weights, windows, sequenceLength);
          results.add(result(set.corpus(), loss, bytes(windows, tokenBytes), windows.tokens()));
        }
      }
      return results;
    }
  }

  private static LossResult result(String corpus, HeldOutLoss loss, long bytes, long read) {
    double mean = loss.lossNatsPerToken();
    return new LossResult(
        corpus,
        mean,
        loss.standardError(),
        loss.tokens(),
        loss.windows(),
        bytes,
        Math.exp(mean),
        mean * loss.tokens() / (Math.log(2) * bytes),
        read);
  }

  private static long bytes(HeldOutWindows windows, TokenBytes tokenBytes) {
    long[] chunk = new long[BYTES_CHUNK];
    long bytes = 0;
    for (long from = 0; from < windows.tokens(); from += chunk.length) {
      int count = (int) Math.min(chunk.length, windows.tokens() - from);
      bytes += tokenBytes.of(chunk, windows.scored(from, count, chunk));
    }
    return bytes;
  }
}
