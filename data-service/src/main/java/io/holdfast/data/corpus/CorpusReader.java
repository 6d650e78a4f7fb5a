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
  private final TaskDocuments tasks;

  public CorpusReader(
      EmbeddedCorpora embedded, CorpusRoots roots, ReadingLimits limits, TaskDocuments tasks) {
    this.tasks = tasks;
    this.embedded = embedded;
    this.roots = roots;
    this.limits = limits;
  }

  /**
   * Reads a whole corpus. Documents that can be read go to the sink even when others cannot, so a
   * caller that must have all of them looks at the result before it keeps anything.
   *
   * @param place the definition's place in the user's input, such as {@code corpora.notes}
   * @throws DocumentsMissingException when they are a task's, and not here
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
    } else if (corpus.task() != null) {
      readTask(corpus, learned, problems);
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

  private void readTask(CorpusDefinition corpus, Consumer<Document> sink, ProblemLog problems) {
    TaskDocuments.Lines lines =
        tasks
            .find(corpus.task(), corpus.split())
            .orElseThrow(() -> new DocumentsMissingException(corpus.task(), corpus.split()));
    new CorpusFile(lines.file(), corpus.source() + ".jsonl").read(limits, sink, problems);
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
