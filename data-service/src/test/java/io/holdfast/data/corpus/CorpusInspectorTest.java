package io.holdfast.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusInspectorTest {

  @TempDir Path root;
  private CorpusFiles files;

  @BeforeEach
  void files() {
    files = new CorpusFiles(root);
  }

  private CorpusInspection inspect(String path, double dev, double test) {
    return new CorpusInspector(files.reader())
        .inspect("corpora.mine", CorpusDefinition.files(path, dev, test));
  }

  private CorpusInspection.Usable usable(String path, double dev, double test) {
    CorpusInspection inspection = inspect(path, dev, test);
    assertThat(inspection).isInstanceOf(CorpusInspection.Usable.class);
    return (CorpusInspection.Usable) inspection;
  }

  private List<Problem> refusal(String path, double dev, double test) {
    CorpusInspection inspection = inspect(path, dev, test);
    assertThat(inspection).isInstanceOf(CorpusInspection.Refused.class);
    return ((CorpusInspection.Refused) inspection).problems();
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"text\":\"é %d\"}\n".formatted(i))
        .collect(Collectors.joining());
  }

  @Test
  void countsDocumentsAndBytesOfEverySplit() throws IOException {
    files.put("a.jsonl", lines(0, 1_000));
    List<PlacedDocument> placed = new ArrayList<>();
    CorpusInspection inspection =
        new CorpusInspector(files.reader())
            .inspect("c", CorpusDefinition.files("a.jsonl", 0.1, 0.2), placed::add);
    CorpusInspection.Usable usable = (CorpusInspection.Usable) inspection;
    assertThat(usable.documents()).isEqualTo(1_000);
    assertThat(usable.bytes())
        .isEqualTo(IntStream.range(0, 1_000).map(i -> 3 + Integer.toString(i).length()).sum());
    assertThat(placed).hasSize(1_000);
    for (Split split : Split.values()) {
      List<PlacedDocument> of = placed.stream().filter(p -> p.split() == split).toList();
      assertThat(usable.splits().get(split))
          .isEqualTo(
              new SplitCount(
                  of.size(),
                  of.stream()
                      .mapToLong(p -> p.document().text().getBytes(StandardCharsets.UTF_8).length)
                      .sum()));
    }
  }

  @Test
  void equalContentHasAnEqualIdHoweverItLies() throws IOException {
    files
        .put("one.jsonl", lines(0, 100))
        .put("two/b.jsonl", lines(0, 60))
        .put("two/a.jsonl.gz", CorpusFiles.gzip(lines(60, 100)))
        .put("less.jsonl", lines(0, 99));
    for (int i = 0; i < 100; i++) {
      files.put("texts/" + i + ".txt", "é " + i);
    }
    String id = usable("one.jsonl", 0.1, 0.2).id();
    assertThat(id).matches("[0-9a-f]{64}");
    assertThat(usable("two", 0.1, 0.2).id()).isEqualTo(id);
    assertThat(usable("texts", 0.1, 0.2).id()).isEqualTo(id);
    assertThat(usable("less.jsonl", 0.1, 0.2).id()).isNotEqualTo(id);
    assertThat(usable("one.jsonl", 0.1, 0.3).id()).isNotEqualTo(id);
  }

  @Test
  void tooFewDocumentsForAHeldOutSplitIsRefusedWithCountsAndRemedy() throws IOException {
    files.put("a.jsonl", lines(0, 30));
    List<Problem> problems = refusal("a.jsonl", 0.01, 0.02);
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactly("corpora.mine.dev", "corpora.mine.test");
    assertThat(problems).extracting(Problem::code).containsOnly("corpus-split-too-small");
    assertThat(problems.get(1).value()).isEqualTo("0.02");
    assertThat(problems.get(1).message())
        .contains("of the corpus's 30 documents")
        .contains("at least 5");
    assertThat(problems.get(1).remedy()).contains("500 documents").contains("0.33");
    assertThat(usable("a.jsonl", 0, 0.33).splits().get(Split.DEV)).isEqualTo(SplitCount.NONE);
  }

  @Test
  void tooFewGroupsIsToldApartFromTooFewDocuments() throws IOException {
    files.put("a.jsonl", "{\"text\":\"x\",\"group\":\"all\"}\n".repeat(5_000));
    assertThat(refusal("a.jsonl", 0, 0.1).getFirst().remedy()).contains("groups");
  }

  @Test
  void nothingLeftToTrainOnIsRefused() throws IOException {
    files.put("a.jsonl", "{\"text\":\"x\",\"group\":\"all\"}\n".repeat(10));
    assertThat(refusal("a.jsonl", 0.001, 0.998))
        .extracting(Problem::path)
        .contains("corpora.mine", "corpora.mine.dev");
  }

  @Test
  void sharesOutsideTheirRangeAreRefusedBeforeReading() {
    assertThat(refusal("missing", -0.1, 1.5))
        .extracting(Problem::path, Problem::code)
        .containsExactly(
            tuple("corpora.mine.dev", "corpus-split-shares"),
            tuple("corpora.mine.test", "corpus-split-shares"));
    assertThat(refusal("missing", 0.5, 0.5)).hasSize(1);
    assertThat(refusal("missing", Double.NaN, 0)).hasSize(1);
  }

  @Test
  void aCorpusWithProblemsIsRefusedWithAllOfThem() throws IOException {
    files.put("a.jsonl", "{\"text\":\"fine\"}\nbroken\n{}\n");
    assertThat(refusal("a.jsonl", 0, 0.5))
        .extracting(Problem::code)
        .containsExactly("corpus-broken-json", "corpus-no-text");
  }
}
