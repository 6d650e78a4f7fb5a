package io.holdfast.eval.task;

import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.EvaluationRequest.GenerateUntil;
import io.holdfast.contracts.task.EvaluationRequest.Loglikelihood;
import io.holdfast.contracts.task.EvaluationRequest.MultipleChoice;
import io.holdfast.contracts.task.EvaluationRequest.Rolling;
import io.holdfast.eval.task.Sample.Likelihood;
import io.holdfast.lm.evaluate.Continuation;
import io.holdfast.lm.evaluate.RequestScorer;
import io.holdfast.lm.evaluate.TextScore;
import io.holdfast.lm.generate.Decoding;
import io.holdfast.lm.generate.Generation;
import io.holdfast.lm.generate.Prompt;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Asks a model a task's requests. The order of the requests and their number change no answer. */
public final class ModelAnswers {

  private final RequestScorer model;
  private final FewShot examples;
  private final long seed;

  /**
   * Asks this model.
   *
   * @param examples what comes before each request
   * @param seed of sampling, where a request that samples has none
   */
  public ModelAnswers(RequestScorer model, FewShot examples, long seed) {
    this.model = model;
    this.examples = examples;
    this.seed = seed;
  }

  /** One sample for each request, in their order. */
  public List<Sample> to(List<EvaluationRequest> requests) {
    List<Continuation> continuations = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<Prompt> prompts = new ArrayList<>();
    for (EvaluationRequest request : requests) {
      switch (request) {
        case Loglikelihood one ->
            continuations.add(
                new Continuation(examples.before(one, one.context()), one.continuation()));
        case MultipleChoice choice -> continuations.addAll(choices(choice));
        case Rolling rolling -> texts.add(rolling.text());
        case GenerateUntil generate -> prompts.add(prompt(generate));
      }
    }
    Iterator<TextScore> scored = scored(continuations);
    Iterator<TextScore> read = texts.isEmpty() ? none() : model.texts(texts).iterator();
    Iterator<Generation> written = prompts.isEmpty() ? none() : model.generate(prompts).iterator();
    List<Sample> samples = new ArrayList<>();
    for (EvaluationRequest request : requests) {
      samples.add(
          switch (request) {
            case Loglikelihood one -> likelihoods(one, scored, 1);
            case MultipleChoice choice -> likelihoods(choice, scored, choice.choices().size());
            case Rolling rolling -> likelihoods(rolling, read, 1);
            case GenerateUntil generate ->
                new Sample(generate.id(), List.of(), written.next().text());
          });
    }
    return samples;
  }

  private List<Continuation> choices(MultipleChoice request) {
    String context = examples.before(request, request.context());
    return request.choices().stream().map(choice -> new Continuation(context, choice)).toList();
  }

  private Prompt prompt(GenerateUntil request) {
    Decoding decoding =
        request.temperature() == null
            ? new Decoding.Greedy()
            : new Decoding.Sampled(
                request.temperature(),
                0,
                request.topP() == null ? 1 : request.topP(),
                request.seed() == null ? FewShot.seed(seed, request.id()) : request.seed());
    return new Prompt(
        examples.before(request, request.context()),
        request.until(),
        request.maxTokens(),
        decoding);
  }

  private Iterator<TextScore> scored(List<Continuation> continuations) {
    return continuations.isEmpty() ? none() : model.continuations(continuations).iterator();
  }

  private static <T> Iterator<T> none() {
    return List.<T>of().iterator();
  }

  private static Sample likelihoods(
      EvaluationRequest request, Iterator<TextScore> scores, int count) {
    List<Likelihood> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TextScore score = scores.next();
      found.add(new Likelihood(score.logLikelihoodNats(), score.greedy(), score.tokens()));
    }
    return new Sample(request.id(), found, null);
  }
}
