package io.holdfast.data.registry;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.LossScope;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.corpus.SplitCount;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** Table {@code corpus}. */
@Entity
@Table(name = "corpus")
public class CorpusRow extends PanacheEntityBase {

  @Id public String id;
  public String embedded;
  public String path;

  /** {@code name@version}. */
  public String task;

  @Column(name = "task_split")
  public String taskSplit;

  public double dev;
  public double test;

  @Column(name = "train_documents")
  public long trainDocuments;

  @Column(name = "train_bytes")
  public long trainBytes;

  @Column(name = "dev_documents")
  public long devDocuments;

  @Column(name = "dev_bytes")
  public long devBytes;

  @Column(name = "test_documents")
  public long testDocuments;

  @Column(name = "test_bytes")
  public long testBytes;

  @Column(name = "registered_at")
  public Instant registeredAt;

  /** Name of the {@link LossScope}; null for everything. */
  public String loss;

  /** Inserts the corpus, or says of a known one where it was found last; pods may race. */
  static void upsert(RegisteredCorpus corpus, Instant now) {
    SplitCount train = corpus.splits().get(Split.TRAIN);
    SplitCount dev = corpus.splits().get(Split.DEV);
    SplitCount test = corpus.splits().get(Split.TEST);
    getEntityManager()
        .createNativeQuery(
            """
            insert into corpus (id, embedded, path, dev, test, train_documents, train_bytes,
              dev_documents, dev_bytes, test_documents, test_bytes, registered_at, task, task_split, loss)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
            on conflict (id) do update set embedded = excluded.embedded, path = excluded.path,
              task = excluded.task, task_split = excluded.task_split\
            """)
        .setParameter(1, corpus.id())
        .setParameter(2, corpus.definition().embedded())
        .setParameter(3, corpus.definition().path())
        .setParameter(4, corpus.definition().dev())
        .setParameter(5, corpus.definition().test())
        .setParameter(6, train.documents())
        .setParameter(7, train.bytes())
        .setParameter(8, dev.documents())
        .setParameter(9, dev.bytes())
        .setParameter(10, test.documents())
        .setParameter(11, test.bytes())
        .setParameter(12, now)
        .setParameter(13, Objects.toString(corpus.definition().task(), null))
        .setParameter(14, corpus.definition().split())
        .setParameter(15, Objects.toString(corpus.definition().loss(), null))
        .executeUpdate();
  }

  RegisteredCorpus corpus() {
    return new RegisteredCorpus(
        id,
        new CorpusDefinition(
            embedded,
            path,
            task == null ? null : TaskName.parse(task).orElseThrow(),
            taskSplit,
            dev,
            test,
            loss == null ? null : LossScope.valueOf(loss)),
        Map.of(
            Split.TRAIN, new SplitCount(trainDocuments, trainBytes),
            Split.DEV, new SplitCount(devDocuments, devBytes),
            Split.TEST, new SplitCount(testDocuments, testBytes)));
  }
}
