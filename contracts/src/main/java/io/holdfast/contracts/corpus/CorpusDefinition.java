package io.holdfast.contracts.corpus;

import io.holdfast.contracts.task.TaskName;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A corpus as a study declares it: one of the embedded ones, files of the user's, or a task's
 * training documents.
 *
 * @param embedded name of an embedded corpus, or null
 * @param path file, folder or glob below an allowed root, or null
 * @param task whose documents, or null
 * @param split which of the task's training splits; null unless {@code task} is given
 * @param dev share of the document groups held out for early stopping
 * @param test share of the document groups held out for reported results
 * @param loss what is learned; null, as {@link LossScope#ALL} becomes, for everything
 */
public record CorpusDefinition(
    String embedded,
    String path,
    TaskName task,
    String split,
    double dev,
    double test,
    LossScope loss) {

  public CorpusDefinition {
    if (Stream.of(embedded, path, task).filter(Objects::nonNull).count() != 1) {
      throw new IllegalArgumentException("a corpus is embedded, or a path, or of a task");
    }
    if ((task == null) != (split == null)) {
      throw new IllegalArgumentException("a task's corpus is one of its splits");
    }
    // One way to say "everything", and the one that corpora of old have.
    loss = loss == LossScope.ALL ? null : loss;
  }

  /** A corpus that ships with Holdfast. */
  public static CorpusDefinition embedded(String name, double dev, double test) {
    return new CorpusDefinition(name, null, null, null, dev, test, null);
  }

  /** Files of the user's. */
  public static CorpusDefinition files(String path, double dev, double test) {
    return new CorpusDefinition(null, path, null, null, dev, test, null);
  }

  /** A task's training documents. */
  public static CorpusDefinition ofTask(TaskName task, String split, double dev, double test) {
    return new CorpusDefinition(null, null, task, split, dev, test, null);
  }

  /** The same documents, of which something else is learned. */
  public CorpusDefinition withLoss(LossScope scope) {
    return new CorpusDefinition(embedded, path, task, split, dev, test, scope);
  }

  /** Whether some tokens have no loss. */
  public boolean learnsCompletions() {
    return loss == LossScope.COMPLETION;
  }

  /** What it is called in messages: a name, a path, or {@code name@version/split}. */
  public String source() {
    if (task != null) {
      return task + "/" + split;
    }
    return embedded != null ? embedded : path;
  }
}
