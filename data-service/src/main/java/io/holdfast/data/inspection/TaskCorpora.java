package io.holdfast.data.inspection;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.task.Arrival;
import io.holdfast.data.task.DocumentDownloads;
import io.holdfast.task.registry.TaskProblems;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Brings the documents of the tasks that a study names, before anything is read. On threads of its
 * own: a slow service holds up the studies that name it, and nobody else.
 */
@ApplicationScoped
class TaskCorpora {

  /** A task that was registered just before the study was submitted is heard of within this. */
  private static final Duration HEARSAY = Duration.ofSeconds(3);

  /** Another process may be the one that brings them, so there is nothing here to be woken by. */
  private static final Duration SOON = Duration.ofMillis(200);

  private final DocumentDownloads downloads;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Inject
  TaskCorpora(DocumentDownloads downloads) {
    this.downloads = downloads;
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  /** The corpora that can be read now; the problems of the others are reported. */
  Map<String, CorpusDefinition> readable(
      Map<String, CorpusDefinition> corpora, List<Problem> problems) {
    Map<String, Future<CorpusDefinition>> running = new LinkedHashMap<>();
    Map<String, CorpusDefinition> readable = new TreeMap<>();
    new TreeMap<>(corpora)
        .forEach(
            (name, corpus) -> {
              if (corpus.task() == null) {
                readable.put(name, corpus);
              } else {
                running.put(name, threads.submit(() -> brought("corpora." + name, corpus)));
              }
            });
    running.forEach(
        (name, corpus) -> Steps.join(corpus, problems).ifPresent(here -> readable.put(name, here)));
    return readable;
  }

  private CorpusDefinition brought(String place, CorpusDefinition corpus) {
    try {
      while (true) {
        switch (downloads.bring(place, corpus, HEARSAY)) {
          case Arrival.Here() -> {
            return corpus;
          }
          case Arrival.UnderWay() -> Thread.sleep(SOON);
          case Arrival.Away away ->
              throw new InvalidInputException(
                  List.of(
                      TaskProblems.away(
                          place + ".task", away.task(), away.since(), away.reason())));
          case Arrival.Refused(List<Problem> problems) -> throw new InvalidInputException(problems);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while bringing documents");
    }
  }
}
