package io.holdfast.frontier.law;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * One fine-tuned model as the laws see it.
 *
 * @param parameters N
 * @param fineTuneTokens D_ft, unique tokens
 * @param injected p in [0, 1): share of the fine-tuning tokens that come from the data that is to
 *     be kept
 * @param lossBefore L0: loss on the kept data before fine-tuning, nats per token; 0 where the law
 *     has no use for it
 * @param loss the loss that the law speaks about, after fine-tuning, nats per token
 */
public record LawPoint(
    double parameters, double fineTuneTokens, double injected, double lossBefore, double loss) {

  public LawPoint {
    boolean fits =
        parameters > 0
            && fineTuneTokens > 0
            && injected >= 0
            && injected < 1
            && lossBefore >= 0
            && loss > 0;
    if (!fits || !Double.isFinite(parameters + fineTuneTokens + lossBefore + loss)) {
      throw new IllegalArgumentException(
          "N %s, D_ft %s, p %s, L0 %s, L %s"
              .formatted(parameters, fineTuneTokens, injected, lossBefore, loss));
    }
  }

  /**
   * p to two significant digits: which level of a design it is. A share of whole tokens differs a
   * little between runs of one level.
   */
  public double injectedLevel() {
    return injected == 0
        ? 0
        : new BigDecimal(injected).round(new MathContext(2, RoundingMode.HALF_EVEN)).doubleValue();
  }

  /** The same model with another loss. */
  LawPoint withLoss(double other) {
    return new LawPoint(parameters, fineTuneTokens, injected, lossBefore, other);
  }
}
