package io.holdfast.data.task;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TrainingSplit;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.registry.TaskDirectory;
import io.holdfast.task.registry.TaskLookup;
import io.holdfast.task.registry.TaskProblems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Brings documents of tasks into the artifact store. Takes as long as the service takes, within the
 * client's limits, so it runs on threads that nobody else waits for.
 */
@ApplicationScoped
public class DocumentDownloads {

  private final TaskDirectory tasks;
  private final TaskClient client;
  private final StoredDocuments documents;

  @Inject
  DocumentDownloads(TaskDirectory tasks, TaskClient client, StoredDocuments documents) {
    this.tasks = tasks;
    this.client = client;
    this.documents = documents;
  }

  /**
   * Brings a corpus's documents, unless they are here.
   *
   * @param place the definition's place in the user's input, such as {@code corpora.capitals}
   * @param corpus a task's
   * @param patience how long to wait for a task that nothing was heard of yet
   */
  public Arrival bring(String place, CorpusDefinition corpus, Duration patience)
      throws InterruptedException {
    return switch (tasks.look(place + ".task", corpus.task(), patience)) {
      case TaskLookup.Refused(List<Problem> problems) -> new Arrival.Refused(problems);
      case TaskLookup.Away away -> new Arrival.Away(away.name(), away.since(), away.reason());
      case TaskLookup.Found found -> bring(place, corpus, found);
    };
  }

  private Arrival bring(String place, CorpusDefinition corpus, TaskLookup.Found found)
      throws InterruptedException {
    Optional<TrainingSplit> split = found.description().trainingSplit(corpus.split());
    if (split.isEmpty()) {
      List<String> splits =
          found.description().training().stream().map(TrainingSplit::name).toList();
      return new Arrival.Refused(
          List.of(
              TaskProblems.unknownSplit(place + ".split", corpus.task(), corpus.split(), splits)));
    }
    if (documents.has(split.get())) {
      return new Arrival.Here();
    }
    if (found.task().withdrawn()) {
      TaskLookup.Away away = TaskDirectory.away(found.task());
      return new Arrival.Away(away.name(), away.since(), away.reason());
    }
    return download(place + ".task", found, split.get());
  }

  private Arrival download(String place, TaskLookup.Found found, TrainingSplit split)
      throws InterruptedException {
    Path incoming = documents.incoming(split);
    try (DownloadLock lock = DownloadLock.of(incoming)) {
      if (!lock.held()) {
        return new Arrival.UnderWay();
      }
      if (documents.has(split)) {
        return new Arrival.Here();
      }
      return switch (client.download(found.task().url(), split, incoming)) {
        case Outcome.Success<Path>(Path collected) -> {
          documents.publish(split, collected);
          yield new Arrival.Here();
        }
        case Outcome.Unreachable<Path>(String reason) ->
            new Arrival.Away(found.task().name(), Instant.now(), reason);
        case Outcome.Violation<Path>(List<Problem> problems) ->
            new Arrival.Refused(TaskProblems.placed(place, found.task(), problems));
      };
    } catch (IOException e) {
      throw new StorageException(incoming, "write", e);
    }
  }
}
