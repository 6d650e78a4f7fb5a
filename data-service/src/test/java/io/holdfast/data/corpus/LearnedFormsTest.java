package io.holdfast.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.LossScope;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedFormsTest {

  private static final CorpusDefinition PAIRS =
      CorpusDefinition.files("a.jsonl", 0, 0).withLoss(LossScope.COMPLETION);

  @TempDir Path root;

  private List<Document> read(CorpusDefinition corpus, List<Problem> problems) {
    List<Document> documents = new ArrayList<>();
    problems.addAll(new CorpusFiles(root).reader().read("corpora.mine", corpus, documents::add));
    return documents;
  }

  @Test
  void completionsAreLearnedAndPromptsAreContext() throws IOException {
    new CorpusFiles(root)
        .put(
            "a.jsonl",
            """
            {"prompt":"Q: ","completion":"A","group":"g"}
            {"prompt":"","completion":"B"}
            """);
    List<Problem> problems = new ArrayList<>();

    assertThat(read(PAIRS, problems))
        .containsExactly(
            new Document("Q: A", "g", "a.jsonl:1", new Form.Pair(3)),
            new Document("B", "B", "a.jsonl:2", new Form.Pair(0)));
    assertThat(problems).isEmpty();
    assertThat(read(PAIRS.withLoss(LossScope.ALL), problems))
        .allMatch(Document::isPlain)
        .extracting(Document::text)
        .containsExactly("Q: A", "B");
  }

  @Test
  void conversationsKeepTheirTurns() throws IOException {
    new CorpusFiles(root)
        .put(
            "a.jsonl",
            """
            {"messages":[{"role":"user","content":"Hi","name":"x"},{"content":"Hello","role":"assistant"}]}
            """);
    List<Message> messages = List.of(new Message("user", "Hi"), new Message("assistant", "Hello"));
    List<Problem> problems = new ArrayList<>();

    assertThat(read(PAIRS, problems))
        .containsExactly(
            new Document(
                "Hi\nHello", "Hi\nHello", "a.jsonl:1", new Form.Conversation(messages, true)));
    assertThat(read(PAIRS.withLoss(LossScope.ALL), problems))
        .extracting(Document::form)
        .containsExactly(new Form.Conversation(messages, false));
    assertThat(problems).isEmpty();
  }

  @Test
  void whatHasNoCompletionIsRefusedWithItsLine() throws IOException {
    new CorpusFiles(root)
        .put(
            "a.jsonl",
            """
            {"text":"all of it"}
            {"prompt":"Q: ","completion":"A"}
            {"prompt":"Q: ","completion":"  "}
            {"messages":[{"role":"user","content":"Hi"}]}
            """)
        .put("b.txt", "plain");
    List<Problem> problems = new ArrayList<>();
    read(PAIRS, problems);
    read(CorpusDefinition.files("b.txt", 0, 0).withLoss(LossScope.COMPLETION), problems);

    assertThat(problems)
        .extracting(Problem::path, Problem::code)
        .containsExactly(
            tuple("a.jsonl:1", "corpus-no-completion"),
            tuple("a.jsonl:3", "corpus-no-completion"),
            tuple("a.jsonl:4", "corpus-no-completion"),
            tuple("b.txt", "corpus-no-completion"));
  }

  /** Equal texts are held out alike, but are other documents when something else is learned. */
  @Test
  void splitAndOrderAreTheTextsAndTheIdentityIsTheForms() {
    DocumentKey whole = DocumentKey.of(Document.ungrouped("Q: A", "p"));
    DocumentKey pair = DocumentKey.of(new Document("Q: A", "Q: A", "p", new Form.Pair(3)));
    DocumentKey other = DocumentKey.of(new Document("Q: A", "Q: A", "p", new Form.Pair(2)));

    assertThat(pair.splitPoint()).isEqualTo(whole.splitPoint());
    assertThat(pair.order().high()).isEqualTo(whole.order().high());
    assertThat(List.of(whole.order(), pair.order(), other.order())).doesNotHaveDuplicates();
    assertThat(List.of(hash(whole), hash(pair), hash(other))).doesNotHaveDuplicates();
  }

  private static String hash(DocumentKey key) {
    CorpusIdentity identity = new CorpusIdentity();
    identity.add(key);
    return identity.contentHash();
  }
}
