package io.holdfast.eval.task;

import io.holdfast.contracts.task.BuiltInMetric;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.EvaluationRequest.GenerateUntil;
import io.holdfast.contracts.task.EvaluationRequest.Loglikelihood;
import io.holdfast.contracts.task.EvaluationRequest.MultipleChoice;
import io.holdfast.contracts.task.EvaluationRequest.Rolling;
import io.holdfast.eval.task.Sample.Likelihood;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Pattern;

/**
 * What one request adds to Holdfast's own metrics. Definitions are those of EleutherAI's
 * lm-evaluation-harness, {@code ConfigurableTask.process_results}, where it has the metric; {@code
 * acc_norm} is its {@code acc_bytes}, which differs from its {@code acc_norm} (by characters)
 * outside ASCII only.
 */
final class BuiltInScores {

  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private BuiltInScores() {}

  /** Nothing where the metric is not of this kind of request, or there is no reference. */
  static Optional<Term> term(BuiltInMetric metric, EvaluationRequest request, Sample sample) {
    if (!metric.scores(request.kind())) {
      return Optional.empty();
    }
    String group = group(request);
    return switch (request) {
      case Loglikelihood one -> Optional.of(continuation(metric, group, sample));
      case MultipleChoice choice -> Optional.of(choice(metric, group, choice, sample));
      case Rolling text -> Optional.of(rolling(metric, group, text, sample));
      case GenerateUntil generate ->
          generate.references().isEmpty()
              ? Optional.empty()
              : Optional.of(new Term(group, generated(metric, generate, sample), 1));
    };
  }

  /** What a service's judgement of one request adds to its mean. */
  static Term judged(EvaluationRequest request, double score) {
    return new Term(group(request), score, 1);
  }

  private static String group(EvaluationRequest request) {
    return request.group() == null ? "id " + request.id() : "group " + request.group();
  }

  private static Term continuation(BuiltInMetric metric, String group, Sample sample) {
    Likelihood found = sample.likelihoods().getFirst();
    return metric == BuiltInMetric.LOSS
        ? new Term(group, -found.nats(), found.tokens())
        : new Term(group, found.greedy() ? 1 : 0, 1);
  }

  private static Term choice(
      BuiltInMetric metric, String group, MultipleChoice request, Sample sample) {
    List<Likelihood> found = sample.likelihoods();
    if (metric == BuiltInMetric.LOSS) {
      Likelihood right = found.get(request.answer());
      return new Term(group, -right.nats(), right.tokens());
    }
    int likeliest =
        metric == BuiltInMetric.ACC
            ? argmax(found.size(), i -> found.get(i).nats())
            : argmax(found.size(), i -> found.get(i).nats() / length(request.choices().get(i)));
    return new Term(group, likeliest == request.answer() ? 1 : 0, 1);
  }

  /** The first of equally high ones, as NumPy's argmax. */
  private static int argmax(int size, IntToDoubleFunction value) {
    int best = 0;
    for (int i = 1; i < size; i++) {
      if (value.applyAsDouble(i) > value.applyAsDouble(best)) {
        best = i;
      }
    }
    return best;
  }

  /** The white space that joins a choice to its context is no part of it. */
  private static int length(String choice) {
    String bare = choice.stripLeading();
    return (bare.isEmpty() ? choice : bare).getBytes(StandardCharsets.UTF_8).length;
  }

  private static Term rolling(BuiltInMetric metric, String group, Rolling text, Sample sample) {
    Likelihood found = sample.likelihoods().getFirst();
    double weight =
        switch (metric) {
          case WORD_PERPLEXITY -> SPACE.splitAsStream(text.text()).count();
          case BYTE_PERPLEXITY, BITS_PER_BYTE ->
              text.text().getBytes(StandardCharsets.UTF_8).length;
          default -> found.tokens();
        };
    return new Term(group, -found.nats(), weight);
  }

  private static double generated(BuiltInMetric metric, GenerateUntil request, Sample sample) {
    return request.references().stream()
        .mapToDouble(
            reference ->
                metric == BuiltInMetric.F1
                    ? SquadText.f1(sample.text(), reference)
                    : SquadText.equal(sample.text(), reference) ? 1 : 0)
        .max()
        .orElseThrow();
  }
}
