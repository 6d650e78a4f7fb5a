package io.holdfast.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.LossScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorpusIdentityTest {

  private static final List<Document> THREE =
      List.of(
          Document.ungrouped("Call me Ishmael.", "p"),
          new Document("same", "a", "p"),
          new Document("other", "a", "p"));

  /** The expected values were computed with Python's hashlib from the documented formula. */
  @Test
  void followsTheDocumentedFormulaForEver() {
    CorpusIdentity identity = of(THREE);
    assertThat(identity.contentHash())
        .isEqualTo("9d62e13aa63fef5fd5fc845dee947700ab70e7c960198ecff457b5c470b4ae95");
    assertThat(identity.corpusId(new CorpusSplit(0.05, 0.1), null))
        .isEqualTo("45e7a990344518e01011b6c353df2df153e971481ca5d248fab89df6b9988949");
  }

  @Test
  void doesNotDependOnOrderOrPlace() {
    List<Document> documents =
        new ArrayList<>(
            IntStream.range(0, 500)
                .mapToObj(i -> Document.ungrouped("text " + i, "a:" + i))
                .toList());
    String inOrder = of(documents).contentHash();
    Collections.shuffle(documents, new Random(7));
    List<Document> elsewhere =
        documents.stream().map(d -> new Document(d.text(), d.group(), "b")).toList();
    assertThat(of(elsewhere).contentHash()).isEqualTo(inOrder);
  }

  @Test
  void dependsOnTextGroupAndRepetition() {
    Document document = new Document("text", "group", "p");
    assertThat(
            List.of(
                hash(),
                hash(document),
                hash(document, document),
                hash(new Document("texT", "group", "p")),
                hash(new Document("text", "grouP", "p")),
                hash(new Document("group", "text", "p")),
                hash(Document.ungrouped("text", "p"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void theIdDependsOnTheSharesHeldOut() {
    CorpusIdentity identity = of(THREE);
    assertThat(
            List.of(
                identity.corpusId(new CorpusSplit(0, 0), null),
                identity.corpusId(new CorpusSplit(0.1, 0), null),
                identity.corpusId(new CorpusSplit(0, 0.1), null),
                identity.corpusId(new CorpusSplit(0, 0), LossScope.COMPLETION)))
        .doesNotHaveDuplicates();
  }

  private static String hash(Document... documents) {
    return of(List.of(documents)).contentHash();
  }

  private static CorpusIdentity of(List<Document> documents) {
    CorpusIdentity identity = new CorpusIdentity();
    documents.forEach(document -> identity.add(DocumentKey.of(document)));
    return identity;
  }
}
