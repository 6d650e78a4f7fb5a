package io.holdfast.data.corpus;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.Problem;
import java.util.List;
import java.util.function.Consumer;

/**
 * Streams the documents of a corpus, embedded or the user's, in a fixed order and with memory
 * bounded by {@link ReadingLimits#maxDocumentBytes}. Thread-safe: it holds no state between
 * readings.
 */
public final class CorpusReader {

  private final EmbeddedCorpora embedded;
  private final CorpusRoots roots;
  private final ReadingLimits limits;

  public CorpusReader(EmbeddedCorpora embedded, CorpusRoots roots, ReadingLimits limits) {
    this.embedded = embedded;
    this.roots = roots;
    this.limits = limits;
  }

  /**
   * Reads a whole corpus. Documents that can be read go to the sink even when others cannot, so a
   * caller that must have all of them looks at the result before it keeps anything.
   *
   * @param place the definition's place in the user's input, such as {@code corpora.notes}
   * @return every problem found, up to {@link ReadingLimits#maxProblems}; empty when all was read
   */
  public List<Problem> read(String place, CorpusDefinition corpus, Consumer<Document> sink) {
    ProblemLog problems = new ProblemLog(limits.maxProblems());
    Consumer<Document> learned =
        corpus.learnsCompletions()
            ? document -> completion(document, sink, problems)
            : document -> sink.accept(document.learnedWhole());
    if (corpus.embedded() != null) {
      readEmbedded(place, corpus.embedded(), learned, problems);
    } else {
      readFiles(place, corpus.path(), learned, problems);
    }
    return problems.problems();
  }

  private static void completion(Document document, Consumer<Document> sink, ProblemLog problems) {
    boolean learned =
        switch (document.form()) {
          case Form.Whole whole -> false;
          case Form.Pair(int prompt) -> !document.text().substring(prompt).isBlank();
          case Form.Conversation(List<Message> messages, boolean assistantOnly) ->
              messages.stream().anyMatch(Message::isAssistants);
        };
    if (learned) {
      sink.accept(document);
    } else {
      problems.add(CorpusProblems.noCompletion(document.place()));
    }
  }

  private void readEmbedded(
      String place, String name, Consumer<Document> sink, ProblemLog problems) {
    embedded
        .find(name)
        .ifPresentOrElse(
            corpus -> EmbeddedDocuments.read(corpus, limits, sink, problems),
            () -> problems.add(embedded.unknown(place, name)));
  }

  private void readFiles(String place, String path, Consumer<Document> sink, ProblemLog problems) {
    List<CorpusFile> files = roots.resolve(place, path, limits, problems);
    for (CorpusFile file : files) {
      if (problems.full()) {
        return;
      }
      file.read(limits, sink, problems);
    }
  }
}
