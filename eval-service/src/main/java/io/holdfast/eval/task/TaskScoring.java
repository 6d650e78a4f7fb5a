package io.holdfast.eval.task;

import io.holdfast.contracts.evaluation.MetricValue;
import io.holdfast.contracts.task.BuiltInMetric;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.TaskMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task's metrics of what a model answered. */
public final class TaskScoring {

  private final List<EvaluationRequest> requests;
  private final Map<String, Sample> samples = new LinkedHashMap<>();

  /**
   * Takes what is scored.
   *
   * @param samples one for each request, by its id
   */
  public TaskScoring(List<EvaluationRequest> requests, List<Sample> samples) {
    this.requests = List.copyOf(requests);
    samples.forEach(sample -> this.samples.put(sample.id(), sample));
  }

  /**
   * The metrics in the task's order; those that none of the requests is scored by are left out.
   *
   * @param judged the service's own metrics by request; empty when it has none
   */
  public List<MetricValue> metrics(
      List<TaskMetric> metrics, Map<String, Map<String, Double>> judged) {
    List<MetricValue> values = new ArrayList<>();
    for (TaskMetric metric : metrics) {
      Optional<Aggregate> found =
          switch (metric.source()) {
            case BUILT_IN -> builtIn(BuiltInMetric.named(metric.name()).orElseThrow());
            case SERVICE -> judged(metric.name(), judged);
          };
      found.ifPresent(
          score ->
              values.add(
                  new MetricValue(
                      metric.name(),
                      score.value(),
                      score.standardError(),
                      score.samples(),
                      metric.higherIsBetter())));
    }
    return values;
  }

  private Optional<Aggregate> builtIn(BuiltInMetric metric) {
    List<Term> terms =
        requests.stream()
            .map(request -> BuiltInScores.term(metric, request, samples.get(request.id())))
            .flatMap(Optional::stream)
            .toList();
    if (terms.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (metric) {
          case ACC, ACC_NORM, EXACT_MATCH, F1 -> Aggregate.mean(terms);
          case LOSS -> Aggregate.ratio(terms, mean -> mean);
          case WORD_PERPLEXITY, BYTE_PERPLEXITY -> Aggregate.ratio(terms, Math::exp);
          case BITS_PER_BYTE -> Aggregate.ratio(terms, mean -> mean / Math.log(2));
        });
  }

  private Optional<Aggregate> judged(String metric, Map<String, Map<String, Double>> judged) {
    List<Term> terms =
        requests.stream()
            .filter(request -> judged.containsKey(request.id()))
            .map(request -> BuiltInScores.judged(request, judged.get(request.id()).get(metric)))
            .toList();
    return terms.isEmpty() ? Optional.empty() : Optional.of(Aggregate.mean(terms));
  }
}
