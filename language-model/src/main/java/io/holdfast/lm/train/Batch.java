package io.holdfast.lm.train;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.mixture.MixtureSequences;
import io.holdfast.lm.mixture.MixtureSequences.Source;
import io.holdfast.lm.program.TokenBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sequences of one optimizer step, read from the mixture; filled again for every step. */
final class Batch {

  private final MixtureSequences mixture;
  private final List<String> corpusOfStream;
  private final int batchSequences;
  private final int vocabSize;
  private final TokenBatch tokens;
  private final long[] inputs;
  private final long[] targets;
  private final Map<String, Long> tokensByCorpus = new HashMap<>();
  private long tokenCount;
  private long scoredCount;

  Batch(StageRun run, MixtureSequences mixture) {
    StageSpec spec = run.spec();
    this.mixture = mixture;
    this.corpusOfStream = run.plan().streams().stream().map(stream -> stream.corpus()).toList();
    this.batchSequences = spec.optimization().batchSequences();
    this.vocabSize = spec.architecture().vocabSize();
    this.tokens = new TokenBatch(batchSequences, mixture.sequenceLength());
    this.inputs = new long[mixture.sequenceLength()];
    this.targets = new long[mixture.sequenceLength()];
  }

  /** Optimizer steps of the whole mixture; the last one's batch may be short. */
  long steps() {
    return Math.ceilDiv(mixture.sequences(), batchSequences);
  }

  /** Reads the batch that begins at a sequence. */
  Batch read(long first) {
    BatchRead event = new BatchRead();
    event.begin();
    tokens.clear();
    tokensByCorpus.clear();
    tokenCount = 0;
    scoredCount = 0;
    long end = Math.min(first + batchSequences, mixture.sequences());
    for (long sequence = first; sequence < end; sequence++) {
      Source source = mixture.read(sequence, inputs, targets);
      String corpus = corpusOfStream.get(source.stream());
      checkVocabulary(corpus);
      tokens.add(inputs, targets);
      tokensByCorpus.merge(corpus, (long) source.targets(), Long::sum);
      tokenCount += source.targets();
      scoredCount += source.scored();
    }
    event.commit();
    return this;
  }

  /** A token that the embedding does not have would be an error deep inside the program. */
  private void checkVocabulary(String corpus) {
    for (int i = 0; i < inputs.length; i++) {
      long token = Math.max(inputs[i], targets[i]);
      if (token >= vocabSize) {
        throw new UnusableArtifactException(
            Problem.at(
                corpus,
                "token-outside-vocabulary",
                token,
                "The model's vocabulary has %d symbols.".formatted(vocabSize),
                "Use a model whose vocab_size is at least the tokenizer's."));
      }
    }
  }

  TokenBatch asTokens() {
    return tokens;
  }

  int sequences() {
    return tokens.sequences();
  }

  /** Tokens that the batch goes through. */
  long tokens() {
    return tokenCount;
  }

  /** Those of them that have a loss. */
  long scored() {
    return scoredCount;
  }

  /** Tokens by corpus id. */
  Map<String, Long> tokensByCorpus() {
    return tokensByCorpus;
  }
}
