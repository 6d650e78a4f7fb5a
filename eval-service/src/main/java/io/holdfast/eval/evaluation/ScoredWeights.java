package io.holdfast.eval.evaluation;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.weights.CheckpointWeights;
import io.holdfast.lm.weights.Interpolation;
import io.holdfast.lm.weights.ModelWeights;
import io.holdfast.lm.weights.NoisyWeights;
import io.holdfast.lm.weights.WeightNoise;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of one request, open until closed. What a probe makes of a checkpoint is computed
 * tensor by tensor while the model is loaded; nothing of it is ever written.
 */
final class ScoredWeights implements AutoCloseable {

  private final ArtifactPaths artifacts;
  private final List<CheckpointWeights> open = new ArrayList<>();
  private final ModelWeights model;

  /**
   * Opens and checks every checkpoint that the request needs.
   *
   * @throws UnusableArtifactException when one is missing, damaged or not what was published
   */
  ScoredWeights(EvaluationRequest request, ArtifactPaths artifacts) {
    this.artifacts = artifacts;
    try {
      this.model = model(request);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  ModelWeights model() {
    return model;
  }

  private ModelWeights model(EvaluationRequest request) {
    CheckpointPublished published = request.checkpoint();
    ModelWeights own = verified(published.checkpoint(), published.sha256());
    return switch (request.point()) {
      case EvaluationPoint.Final last -> own;
      case EvaluationPoint.Mark mark -> own;
      case Interpolated between ->
          new Interpolation(
              verified(published.parent().checkpoint(), published.parent().sha256()),
              own,
              between.share());
      case Noisy noisy -> new NoisyWeights(own, noise(noisy));
    };
  }

  private static WeightNoise noise(Noisy noisy) {
    WeightNoise.Scale scale =
        switch (noisy.scale()) {
          case ABSOLUTE -> WeightNoise.Scale.ABSOLUTE;
          case ROOT_MEAN_SQUARE -> WeightNoise.Scale.ROOT_MEAN_SQUARE;
        };
    return new WeightNoise(scale, noisy.sigma(), noisy.seed());
  }

  /**
   * A model with every byte checked. It never changes once published, so what is checked is what is
   * scored.
   */
  private ModelWeights verified(String path, String sha256) {
    CheckpointWeights weights = CheckpointWeights.open(artifacts.resolve(path));
    open.add(weights);
    String found = weights.origin().path("checkpoint").textValue();
    if (!found.equals(sha256)) {
      throw new UnusableArtifactException(
          Problem.at(
              path,
              "other-weights",
              found,
              "The checkpoint was published with weights of SHA-256 %s.".formatted(sha256),
              "Remove the stage's checkpoints and request the stage again."));
    }
    return weights;
  }

  @Override
  public void close() {
    open.forEach(CheckpointWeights::close);
  }
}
