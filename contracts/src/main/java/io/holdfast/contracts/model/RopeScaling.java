package io.holdfast.contracts.model;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Llama 3's stretching of the rotary frequencies for a longer context: a frequency that turns at
 * least {@code highFreqFactor} times within the original context stays, one that turns at most
 * {@code lowFreqFactor} times is divided by {@code factor}, and those between are blended. Names
 * and meaning follow Hugging Face's {@code rope_scaling} of type {@code llama3}.
 *
 * @param factor what the low frequencies are divided by, at least 1
 * @param lowFreqFactor turns within the original context up to which a frequency is low
 * @param highFreqFactor turns from which it is high; above {@code lowFreqFactor}
 * @param originalMaxPositionEmbeddings the original context, in tokens
 */
public record RopeScaling(
    double factor, double lowFreqFactor, double highFreqFactor, int originalMaxPositionEmbeddings) {

  public RopeScaling {
    List<Problem> problems = new ArrayList<>();
    require(problems, factor >= 1, "factor", factor, "Give a factor of at least 1.");
    require(
        problems,
        lowFreqFactor > 0,
        "low_freq_factor",
        lowFreqFactor,
        "Give a number above zero, such as 1.");
    require(
        problems,
        highFreqFactor > lowFreqFactor,
        "high_freq_factor",
        highFreqFactor,
        "Give a number above low_freq_factor, such as 4.");
    require(
        problems,
        originalMaxPositionEmbeddings > 0,
        "original_max_position_embeddings",
        originalMaxPositionEmbeddings,
        "Give the context before stretching, such as 8192.");
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static void require(
      List<Problem> problems, boolean holds, String name, Number value, String remedy) {
    if (!holds || !Double.isFinite(value.doubleValue())) {
      problems.add(
          Problem.at(
              "model.rope_scaling." + name,
              "rope-scaling",
              value,
              "The rotary frequencies cannot be scaled by this.",
              remedy));
    }
  }

  /**
   * Scales one frequency, as Llama 3 defines it: its {@code apply_scaling} distinguishes three
   * cases of the wavelength, which are one blend with a clamped weight.
   *
   * @param frequency radians per token
   */
  public double scale(double frequency) {
    double turns = originalMaxPositionEmbeddings * frequency / (2 * Math.PI);
    double share = (turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor);
    double kept = Math.clamp(share, 0.0, 1.0);
    return frequency * (kept + (1 - kept) / factor);
  }
}
