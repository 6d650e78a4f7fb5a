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
    Consumer<Document> learned = learned(corpus, sink, problems);
    if (corpus.embedded() != null) {
      readEmbedded(place, corpus.embedded(), learned, problems);
    } else if (corpus.task() != null) {
      documents(corpus).read(limits, learned, problems);
    } else {
      readFiles(place, corpus.path(), learned, problems);
    }
    return problems.problems();
  }

  /**
   * Reads a part of a corpus of files. All parts together have every document once.
   *
   * @return problems, as {@link #read} has them, but with other line numbers
   */
  List<Problem> readPart(
      String place, CorpusDefinition corpus, CorpusPart part, Consumer<Document> sink) {
    ProblemLog problems = new ProblemLog(limits.maxProblems());
    Consumer<Document> learned = learned(corpus, sink, problems);
    FileSequence files = files(place, corpus, problems);
    if (problems.problems().isEmpty()) {
      files.read(part, limits, learned, problems);
    }
    return problems.problems();
  }

  /**
   * In how many of so many parts there is anything: one for a corpus that cannot be divided, as
   * embedded ones and single compressed files.
   */
  public int dividesInto(CorpusDefinition corpus, int parts) {
    return corpus.embedded() != null
        ? 1
        : files("", corpus, new ProblemLog(limits.maxProblems())).filled(parts);
  }

  /** Files that cannot be looked at are a problem, and count as empty. */
  private FileSequence files(String place, CorpusDefinition corpus, ProblemLog problems) {
    return FileSequence.of(
        corpus.task() != null
            ? List.of(documents(corpus))
            : roots.resolve(place, corpus.path(), limits, problems),
        problems);
  }

  private static Consumer<Document> learned(
      CorpusDefinition corpus, Consumer<Document> sink, ProblemLog problems) {
    return corpus.learnsCompletions()
        ? document -> completion(document, sink, problems)
        : document -> sink.accept(document.learnedWhole());
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

  private CorpusFile documents(CorpusDefinition corpus) {
    TaskDocuments.Lines lines =
        tasks
            .find(corpus.task(), corpus.split())
            .orElseThrow(() -> new DocumentsMissingException(corpus.task(), corpus.split()));
    return new CorpusFile(lines.file(), corpus.source() + ".jsonl");
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
