package io.holdfast.lm.train;

import io.holdfast.contracts.event.FailureCode;
import java.util.Map;
import java.util.Objects;

/** How a call to {@link StageTrainer#train} ended. */
public sealed interface StageOutcome {

  /**
   * The final checkpoint is complete on disk.
   *
   * @param sha256 of its {@code model.safetensors}
   * @param steps optimizer steps done
   * @param tokens trained tokens
   * @param tokensByCorpus trained tokens by corpus id
   * @param stoppedEarly whether early stopping ended it
   * @param bestStep step whose weights were kept; the last one without early stopping
   * @param devLossNatsPerToken dev loss of the kept weights, or null
   * @param trainingSeconds time spent in training steps, over all attempts
   * @param flops floating-point operations of the trained tokens
   */
  record Completed(
      String sha256,
      long steps,
      long tokens,
      Map<String, Long> tokensByCorpus,
      boolean stoppedEarly,
      long bestStep,
      Double devLossNatsPerToken,
      double trainingSeconds,
      double flops)
      implements StageOutcome {
    public Completed {
      Objects.requireNonNull(sha256, "sha256");
      tokensByCorpus = Map.copyOf(tokensByCorpus);
    }
  }

  /** Asked to stop; a resumable checkpoint of that step is on disk. */
  record Interrupted(long step) implements StageOutcome {}

  /** Cannot go on; the last resumable checkpoint, if any, is intact. */
  record Failed(FailureCode code, String message, String remedy) implements StageOutcome {
    public Failed {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(remedy, "remedy");
    }
  }
}
