package io.holdfast.eval.evaluation;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One set of weights that somebody wants scored: a published checkpoint, or what a probe makes of
 * it.
 *
 * @param checkpoint where the weights are or come from, and on what they are scored
 * @param point which weights
 */
public record EvaluationRequest(CheckpointPublished checkpoint, EvaluationPoint point) {

  /** All that is asked for by one event. */
  public static List<EvaluationRequest> of(CheckpointPublished published) {
    CheckpointPublished plain = published.withoutProbes();
    List<EvaluationRequest> requests = new ArrayList<>();
    requests.add(new EvaluationRequest(plain, published.point()));
    published.probes().forEach(probe -> requests.add(new EvaluationRequest(plain, probe)));
    return requests;
  }

  /** Whether the weights cannot be made, because what the stage started from is gone. */
  public boolean lacksParent() {
    return point instanceof Interpolated && checkpoint.parent() == null;
  }

  /** Artifact paths of the models that the weights are made of. */
  List<String> artifacts() {
    List<String> paths = new ArrayList<>(List.of(checkpoint.checkpoint()));
    if (point instanceof Interpolated) {
      paths.add(checkpoint.parent().checkpoint());
    }
    return paths;
  }

  /**
   * What identifies the weights: a checkpoint's SHA-256, or the hash of what a probe makes them of.
   * Equal weights are scored once, whoever asks.
   */
  public String weights() {
    String own = checkpoint.sha256();
    return switch (point) {
      case EvaluationPoint.Final last -> own;
      case EvaluationPoint.Mark mark -> own;
      case Interpolated between ->
          Json.sha256(
              Map.of(
                  "interpolation",
                  Map.of(
                      "start",
                      checkpoint.parent().sha256(),
                      "end",
                      own,
                      "share",
                      between.share())));
      case Noisy noisy -> Json.sha256(Map.of("noise", noisy, "of", own));
    };
  }
}
