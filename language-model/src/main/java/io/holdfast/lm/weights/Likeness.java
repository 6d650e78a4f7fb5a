package io.holdfast.lm.weights;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;

/** Whether arithmetic on two models' weights means anything. */
final class Likeness {

  private Likeness() {}

  /**
   * Checks that two models have the same tensors and read the same tokens.
   *
   * @throws UnusableArtifactException when they do not
   */
  static void require(ModelWeights one, ModelWeights other) {
    if (!one.architecture().computesLike(other.architecture())) {
      throw different(
          other,
          "other-architecture",
          other.architecture(),
          "The model's architecture is not the other model's, %s.".formatted(one.architecture()),
          "Combine models of one architecture only.");
    }
    if (!one.tokenizer().means(other.tokenizer())) {
      throw different(
          other,
          "other-tokenizer",
          other.tokenizer().sha256(),
          "The model's tokenizer is not the other model's, %s.".formatted(one.tokenizer().sha256()),
          "Combine models that were trained with one tokenizer only.");
    }
  }

  private static UnusableArtifactException different(
      ModelWeights model, String code, Object value, String message, String remedy) {
    return new UnusableArtifactException(
        Problem.at(model.tokenizer().file().toString(), code, value, message, remedy));
  }
}
