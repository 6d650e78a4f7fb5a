package io.holdfast.eval.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.evaluation.MetricValue;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.EvaluationRequest.GenerateUntil;
import io.holdfast.contracts.task.EvaluationRequest.Loglikelihood;
import io.holdfast.contracts.task.EvaluationRequest.MultipleChoice;
import io.holdfast.contracts.task.EvaluationRequest.Rolling;
import io.holdfast.contracts.task.TaskMetric;
import io.holdfast.contracts.task.TaskMetric.Source;
import io.holdfast.eval.task.Sample.Likelihood;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metrics worked by hand after lm-evaluation-harness's definitions. */
class TaskScoringTest {

  private static List<MetricValue> metrics(
      List<EvaluationRequest> requests, List<Sample> samples, TaskMetric... metrics) {
    return new TaskScoring(requests, samples).metrics(Arrays.asList(metrics), Map.of());
  }

  private static TaskMetric up(String name) {
    return new TaskMetric(name, true, Source.BUILT_IN);
  }

  private static TaskMetric down(String name) {
    return new TaskMetric(name, false, Source.BUILT_IN);
  }

  private static MultipleChoice choice(String id, int answer, String group) {
    return new MultipleChoice(id, "Paris is in", List.of(" France", " the UK"), answer, group);
  }

  private static Sample likelihoods(String id, double first, double second) {
    return new Sample(
        id, List.of(new Likelihood(first, false, 2), new Likelihood(second, false, 4)), null);
  }

  @Test
  void theLikeliestChoiceCountsAndThenTheLikeliestByByte() {
    // " France" has 6 bytes without its space, " the UK" 6: -3/6 > -4/6.
    List<EvaluationRequest> requests =
        List.of(
            choice("a", 0, null),
            choice("b", 0, null),
            choice("c", 1, null),
            new MultipleChoice("d", "x", List.of(" é", " ab"), 1, null));
    List<Sample> samples =
        List.of(
            likelihoods("a", -3, -4),
            likelihoods("b", -5, -4),
            likelihoods("c", -2, -2),
            // Two bytes each, so the likelier wins in both; by characters é would lose: -1 to -0.6.
            likelihoods("d", -1, -1.2));

    List<MetricValue> found = metrics(requests, samples, up("acc"), up("acc_norm"), down("loss"));

    // a right, b wrong, c a tie that the first choice wins: wrong, d wrong.
    assertThat(found.get(0).value()).isEqualTo(0.25);
    // Deviations 0.75 and three times -0.25: √(0.75 / 3) / √4.
    assertThat(found.get(0).standardError()).isCloseTo(0.25, within(1e-12));
    assertThat(found.get(0).samples()).isEqualTo(4);
    assertThat(found.get(1).value()).isEqualTo(0.25);
    // The right choices: (3 + 5 + 2 + 1.2) nats over (2 + 2 + 4 + 4) tokens.
    assertThat(found.get(2).value()).isCloseTo(11.2 / 12, within(1e-12));
    assertThat(found.get(2).higherIsBetter()).isFalse();
  }

  @Test
  void lengthDividesTheLikelihood() {
    MultipleChoice request = new MultipleChoice("a", "", List.of(" ab", " abcdef"), 1, null);
    // -2/2 = -1 against -3/6 = -0.5.
    List<MetricValue> found =
        metrics(List.of(request), List.of(likelihoods("a", -2, -3)), up("acc"), up("acc_norm"));

    assertThat(found.get(0).value()).isZero();
    assertThat(found.get(1).value()).isEqualTo(1);
    assertThat(found.get(0).standardError()).isNull();
  }

  @Test
  void aContinuationIsRightWhenGreedyDecodingGivesIt() {
    List<EvaluationRequest> requests =
        List.of(new Loglikelihood("a", "x", " y", null), new Loglikelihood("b", "x", " z", null));
    List<Sample> samples =
        List.of(
            new Sample("a", List.of(new Likelihood(-0.5, true, 1)), null),
            new Sample("b", List.of(new Likelihood(-3.5, false, 3)), null));

    List<MetricValue> found = metrics(requests, samples, up("acc"), down("loss"));

    assertThat(found.get(0).value()).isEqualTo(0.5);
    // √(0.5 / 1) / √2
    assertThat(found.get(0).standardError()).isCloseTo(0.5, within(1e-12));
    assertThat(found.get(1).value()).isEqualTo(1.0);
  }

  @Test
  void perplexitiesAreOfAllWordsAndBytesTogether() {
    List<EvaluationRequest> requests =
        List.of(new Rolling("a", "two words", null), new Rolling("b", "drei Wörter da", null));
    List<Sample> samples =
        List.of(
            new Sample("a", List.of(new Likelihood(-6, false, 3)), null),
            new Sample("b", List.of(new Likelihood(-14, false, 7)), null));

    List<MetricValue> found =
        metrics(
            requests,
            samples,
            down("word_perplexity"),
            down("byte_perplexity"),
            down("bits_per_byte"),
            down("loss"));

    // 20 nats, 2 + 3 words, 9 + 15 bytes (ö has two), 10 tokens.
    assertThat(found.get(0).value()).isCloseTo(Math.exp(20.0 / 5), within(1e-9));
    assertThat(found.get(1).value()).isCloseTo(Math.exp(20.0 / 24), within(1e-12));
    assertThat(found.get(2).value()).isCloseTo(20.0 / 24 / Math.log(2), within(1e-12));
    assertThat(found.get(3).value()).isCloseTo(2, within(1e-12));
    // Both texts have 2 nats a token, so no draw of them has another loss.
    assertThat(found.get(3).standardError()).isCloseTo(0, within(1e-12));
    // A draw of two has a twice (¼), b twice (¼) or both (½): e³, e^(14/3), e⁴. 1,000 draws.
    double mean = (Math.exp(3) + Math.exp(14.0 / 3) + 2 * Math.exp(4)) / 4;
    double variance =
        (sq(Math.exp(3) - mean) + sq(Math.exp(14.0 / 3) - mean) + 2 * sq(Math.exp(4) - mean)) / 4;
    assertThat(found.get(0).standardError()).isCloseTo(Math.sqrt(variance), within(1.5));
  }

  private static double sq(double x) {
    return x * x;
  }

  @Test
  void generationsAreComparedWithTheBestReference() {
    List<EvaluationRequest> requests =
        List.of(generate("a", "Paris"), generate("b", "the  Eiffel tower", "tower"), generate("c"));
    List<Sample> samples =
        List.of(
            new Sample("a", null, " The paris!"),
            new Sample("b", null, "a tall tower"),
            new Sample("c", null, "?"));

    List<MetricValue> found = metrics(requests, samples, up("exact_match"), up("f1"));

    assertThat(found.get(0).value()).isEqualTo(0.5);
    assertThat(found.get(0).samples()).isEqualTo(2);
    // a: 1. b against "tower": precision 1/2, recall 1: 2/3; against "eiffel tower": 1/2.
    assertThat(found.get(1).value()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-12));
  }

  private static GenerateUntil generate(String id, String... references) {
    return new GenerateUntil(
        id, "q", List.of("\n"), 8, List.of(references), null, null, null, null);
  }

  @Test
  void groupsAreTheUnitsOfTheStandardError() {
    List<EvaluationRequest> requests =
        List.of(choice("a", 0, "g"), choice("b", 0, "g"), choice("c", 0, "h"), choice("d", 0, "h"));
    List<Sample> samples =
        List.of(
            likelihoods("a", -1, -2),
            likelihoods("b", -1, -2),
            likelihoods("c", -2, -1),
            likelihoods("d", -2, -1));

    MetricValue found = metrics(requests, samples, up("acc")).getFirst();

    // Deviations of the groups 1 and -1: √((1 + 1) · 2/1) / 4; by requests it would be 0.289.
    assertThat(found.value()).isEqualTo(0.5);
    assertThat(found.standardError()).isCloseTo(0.5, within(1e-12));
    assertThat(found.samples()).isEqualTo(4);
  }

  @Test
  void aServicesScoresAreAveragedAndMetricsOfOtherRequestsLeftOut() {
    List<EvaluationRequest> requests = List.of(generate("a"), generate("b"), choice("c", 0, null));
    List<Sample> samples =
        List.of(new Sample("a", null, "x"), new Sample("b", null, "y"), likelihoods("c", -1, -2));
    TaskMetric own = new TaskMetric("fluency", true, Source.SERVICE);

    List<MetricValue> found =
        new TaskScoring(requests, samples)
            .metrics(
                List.of(down("word_perplexity"), own),
                Map.of("a", Map.of("fluency", 2.0), "b", Map.of("fluency", 4.0)));

    assertThat(found).containsExactly(new MetricValue("fluency", 3, 1.0, 2, true));
  }
}
