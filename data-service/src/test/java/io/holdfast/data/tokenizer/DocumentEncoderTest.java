package io.holdfast.data.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.data.corpus.CorpusInspector;
import io.holdfast.data.corpus.CorpusReader;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.data.corpus.EmbeddedCorpora;
import io.holdfast.data.corpus.EmbeddedCorpus;
import io.holdfast.data.corpus.ReadingLimits;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.corpus.TaskDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A tokenizer trained on some of every embedded corpus, against the library and an independent
 * encoder.
 */
class DocumentEncoderTest {

  private static final List<String> HELD_OUT = new ArrayList<>();
  private static Path file;
  private static NaiveBpe naive;
  private static HuggingFaceTokenizer library;
  private static Tokenizer tokenizer;

  @BeforeContainer
  static void train() throws IOException {
    EmbeddedCorpora embedded = EmbeddedCorpora.shipped();
    CorpusInspector inspector =
        new CorpusInspector(
            new CorpusReader(
                embedded, new CorpusRoots(List.of()), ReadingLimits.DEFAULT, TaskDocuments.NONE));
    PieceCounts counts = new PieceCounts();
    for (EmbeddedCorpus corpus : embedded.all()) {
      inspector.inspect(
          "corpora",
          CorpusDefinition.embedded(corpus.name(), 0, 0.005),
          document -> {
            if (document.split() == Split.TEST) {
              HELD_OUT.add(document.document().text());
            } else if (document.order().high() >>> 61 == 0) {
              counts.add(document.document().text());
            }
          });
    }
    file = Files.createTempDirectory("tokenizer").resolve("tokenizer.json");
    TokenizerJson.write(BpeTrainer.train(counts, 2048), file);
    naive = NaiveBpe.read(file);
    library = HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false"));
    tokenizer = Tokenizer.load(TokenizerFile.read(file));
  }

  @AfterContainer
  static void close() throws IOException {
    tokenizer.close();
    library.close();
    Files.delete(file);
    Files.delete(file.getParent());
  }

  @Example
  void encodesHeldOutTextOfEveryCorpusAsTheLibraryAndTheReferenceDo() {
    assertThat(HELD_OUT).hasSizeGreaterThan(1000);
    List<int[]> encoded = tokenizer.encoder().encode(HELD_OUT);
    for (int d = 0; d < HELD_OUT.size(); d++) {
      String text = HELD_OUT.get(d);
      assertThat(encoded.get(d)).isEqualTo(naive.encode(text));
      assertThat(encoded.get(d)).isEqualTo(libraryIds(text));
      assertThat(decode(encoded.get(d))).isEqualTo(text);
    }
  }

  @Example
  void encodesOddTextAsTheReferenceDoesAndBackAgain() {
    List<int[]> encoded = tokenizer.encoder().encode(OddText.SAMPLES);
    for (int d = 0; d < OddText.SAMPLES.size(); d++) {
      String text = OddText.SAMPLES.get(d);
      assertThat(encoded.get(d)).as(text).isEqualTo(naive.encode(text));
      assertThat(decode(encoded.get(d))).isEqualTo(text);
      if (!text.contains(BpeModel.END_OF_TEXT)) {
        assertThat(encoded.get(d)).as(text).isEqualTo(libraryIds(text));
      }
    }
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void encodesAnyTextAsTheReferenceDoesAndBackAgain(@ForAll("texts") List<String> texts) {
    List<int[]> encoded = tokenizer.encoder().encode(texts);
    for (int d = 0; d < texts.size(); d++) {
      assertThat(encoded.get(d)).isEqualTo(naive.encode(texts.get(d)));
      assertThat(decode(encoded.get(d))).isEqualTo(texts.get(d));
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void neverEncodesTextAsASpecialToken(@ForAll("texts") List<String> texts) {
    List<String> forged = texts.stream().map(text -> text + BpeModel.END_OF_TEXT + text).toList();
    DocumentEncoder whole = new WholeTextEncoder(library, List.of(BpeModel.END_OF_TEXT));
    for (DocumentEncoder encoder : List.of(tokenizer.encoder(), whole)) {
      List<int[]> encoded = encoder.encode(forged);
      for (int d = 0; d < forged.size(); d++) {
        assertThat(IntStream.of(encoded.get(d))).doesNotContain(0);
        assertThat(decode(encoded.get(d))).isEqualTo(forged.get(d));
      }
    }
  }

  @Example
  void encodesWholeTextsAsTheLibraryDoes() {
    DocumentEncoder whole = new WholeTextEncoder(library, List.of(BpeModel.END_OF_TEXT));
    List<String> some = HELD_OUT.subList(0, 200);
    List<int[]> encoded = whole.encode(some);
    for (int d = 0; d < some.size(); d++) {
      assertThat(encoded.get(d)).isEqualTo(libraryIds(some.get(d)));
    }
  }

  private static int[] libraryIds(String text) {
    return LongStream.of(library.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  private static String decode(int[] ids) {
    return library.decode(IntStream.of(ids).asLongStream().toArray(), false);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return OddText.arbitrary().list().ofMaxSize(5);
  }
}
