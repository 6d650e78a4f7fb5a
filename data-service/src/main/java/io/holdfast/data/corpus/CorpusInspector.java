package io.holdfast.data.corpus;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads a corpus once and says what is in it: identity, counts by split, or every problem. */
public final class CorpusInspector {

  /** A standard error over fewer held-out documents says nothing. */
  public static final int MIN_HELD_OUT_DOCUMENTS = 5;

  private final CorpusReader reader;

  public CorpusInspector(CorpusReader reader) {
    this.reader = reader;
  }

  /** Inspects a corpus. See {@link #inspect(String, CorpusDefinition, Consumer)}. */
  public CorpusInspection inspect(String place, CorpusDefinition corpus) {
    return inspect(place, corpus, document -> {});
  }

  /**
   * Inspects a corpus and hands on its documents in the same pass, in reading order. What the sink
   * got is only worth keeping when the result is {@link CorpusInspection.Usable} with the id that
   * was expected: files can change between two readings.
   *
   * @param place the definition's place in the user's input, such as {@code corpora.notes}
   */
  public CorpusInspection inspect(
      String place, CorpusDefinition corpus, Consumer<PlacedDocument> sink) {
    List<Problem> refused = SplitProblems.ofShares(place, corpus);
    if (!refused.isEmpty()) {
      return new CorpusInspection.Refused(refused);
    }
    Pass pass = new Pass(new CorpusSplit(corpus.dev(), corpus.test()), sink);
    List<Problem> problems = new ArrayList<>(reader.read(place, corpus, pass::accept));
    if (problems.isEmpty()) {
      problems.addAll(SplitProblems.ofCounts(place, corpus, pass.splits));
    }
    return problems.isEmpty()
        ? new CorpusInspection.Usable(
            pass.identity.corpusId(pass.split, corpus.loss()), pass.splits)
        : new CorpusInspection.Refused(problems);
  }

  /**
   * Reads a part of a corpus and hands on its documents.
   *
   * @return what it has of the corpus's identity
   * @throws InvalidInputException with the problems of {@link CorpusReader#readPart}
   */
  public CorpusIdentity inspectPart(
      String place, CorpusDefinition corpus, CorpusPart part, Consumer<PlacedDocument> sink) {
    Pass pass = new Pass(new CorpusSplit(corpus.dev(), corpus.test()), sink);
    List<Problem> problems = reader.readPart(place, corpus, part, pass::accept);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return pass.identity;
  }

  private static final class Pass {
    private final CorpusSplit split;
    private final Consumer<PlacedDocument> sink;
    private final CorpusIdentity identity = new CorpusIdentity();
    private final Map<Split, SplitCount> splits = new EnumMap<>(Split.class);

    private Pass(CorpusSplit split, Consumer<PlacedDocument> sink) {
      this.split = split;
      this.sink = sink;
      for (Split each : Split.values()) {
        splits.put(each, SplitCount.NONE);
      }
    }

    private void accept(Document document) {
      DocumentKey key = DocumentKey.of(document);
      Split placed = split.of(key);
      identity.add(key);
      splits.compute(placed, (each, count) -> count.plus(key.bytes()));
      sink.accept(new PlacedDocument(document, placed, key.order(), key.bytes()));
    }
  }
}
