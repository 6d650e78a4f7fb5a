package io.holdfast.data.registry;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.DataConfig;
import io.holdfast.data.corpus.CorpusInspection;
import io.holdfast.data.corpus.PlacedDocument;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.tokenizer.BpeModel;
import io.holdfast.data.tokenizer.BpeTrainer;
import io.holdfast.data.tokenizer.PieceCounts;
import io.holdfast.data.tokenizer.TokenizerJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Trains tokenizers on the training splits of registered corpora. */
@ApplicationScoped
class TokenizerTraining {

  private static final Logger LOG = Logger.getLogger(TokenizerTraining.class);

  /** Part of every id: raised when equal corpora would train to another vocabulary. */
  private static final int GENERATION = 1;

  /** Beyond any published vocabulary; the embedding would dwarf every model. */
  private static final int MAX_SYMBOLS = 300_000;

  private final CorpusPasses passes;
  private final long sampleBytes;

  @Inject
  TokenizerTraining(CorpusPasses passes, DataConfig config) {
    this.passes = passes;
    this.sampleBytes = config.tokenizerSample().asLongValue();
  }

  private record Identity(int generation, int vocabSize, long sampleBytes, List<String> corpora) {}

  /**
   * What to train.
   *
   * @param corpora each once, ordered by id
   */
  record Plan(String place, int vocabSize, long sampleBytes, List<RegisteredCorpus> corpora) {

    List<String> corpusIds() {
      return corpora.stream().map(RegisteredCorpus::id).toList();
    }

    /** Equal for equal documents, however the study names and orders its corpora. */
    String id() {
      return Json.sha256(new Identity(GENERATION, vocabSize, sampleBytes, corpusIds()));
    }

    /** Share of the documents to train on: all, unless the corpora are larger than the sample. */
    double share() {
      long bytes = corpora.stream().mapToLong(c -> c.splits().get(Split.TRAIN).bytes()).sum();
      return Math.min(1, (double) sampleBytes / Math.max(1, bytes));
    }
  }

  /** A document's order as a number in [0, 1): a share's documents are each corpus's first ones. */
  private static double fraction(PlacedDocument document) {
    return (document.order().high() >>> 11) * 0x1.0p-53;
  }

  /**
   * Checks what is asked for.
   *
   * @throws InvalidInputException when it cannot be trained
   */
  Plan plan(String place, int vocabSize, List<RegisteredCorpus> corpora) {
    if (vocabSize < BpeModel.MIN_SYMBOLS || vocabSize > MAX_SYMBOLS) {
      throw refused(
          place + ".vocab_size",
          "vocab-size-out-of-range",
          vocabSize,
          "A byte-level vocabulary has %d to %d symbols."
              .formatted(BpeModel.MIN_SYMBOLS, MAX_SYMBOLS),
          "Choose a number in this range, such as 4096.");
    }
    if (corpora.isEmpty()) {
      throw refused(
          place + ".train_on",
          "nothing-to-train-on",
          null,
          "The tokenizer names no corpus to be trained on.",
          "Name at least one of the study's corpora.");
    }
    TreeMap<String, RegisteredCorpus> byId = new TreeMap<>();
    corpora.forEach(corpus -> byId.put(Objects.requireNonNull(corpus).id(), corpus));
    return new Plan(place, vocabSize, sampleBytes, List.copyOf(byId.values()));
  }

  /**
   * Trains and writes {@code tokenizer.json}.
   *
   * @throws InvalidInputException when a corpus cannot be read any more, or is too small
   */
  void train(Plan plan, Path directory) throws IOException {
    long begin = System.nanoTime();
    PieceCounts pieces = new PieceCounts();
    double share = plan.share();
    for (RegisteredCorpus corpus : plan.corpora()) {
      CorpusInspection read =
          passes.over(
              plan.place() + ".train_on",
              corpus.definition(),
              document -> {
                if (document.split() == Split.TRAIN && fraction(document) < share) {
                  pieces.add(document.document().text());
                }
              });
      requireUnchanged(plan, corpus, read);
    }
    BpeModel model = BpeTrainer.train(pieces, plan.vocabSize());
    if (model.symbols().size() < plan.vocabSize()) {
      throw refused(
          plan.place() + ".vocab_size",
          "vocabulary-not-reached",
          plan.vocabSize(),
          "The corpora have text for only %d symbols.".formatted(model.symbols().size()),
          "Choose %d or fewer, or give more text.".formatted(model.symbols().size()));
    }
    TokenizerJson.write(model, directory.resolve("tokenizer.json"));
    LOG.infof(
        "Trained a tokenizer of %d symbols on %d distinct pieces in %d ms",
        plan.vocabSize(), pieces.size(), (System.nanoTime() - begin) / 1_000_000);
  }

  private static void requireUnchanged(Plan plan, RegisteredCorpus corpus, CorpusInspection read) {
    switch (read) {
      case CorpusInspection.Refused refused -> throw new InvalidInputException(refused.problems());
      case CorpusInspection.Usable usable -> {
        if (!usable.id().equals(corpus.id())) {
          throw refused(
              plan.place() + ".train_on",
              "corpus-changed",
              corpus.source(),
              "The corpus's documents changed while the tokenizer was trained.",
              "Submit the study again.");
        }
      }
    }
  }

  private static InvalidInputException refused(
      String place, String code, Object value, String message, String remedy) {
    return new InvalidInputException(List.of(Problem.at(place, code, value, message, remedy)));
  }
}
