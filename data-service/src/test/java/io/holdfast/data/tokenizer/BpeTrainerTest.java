package io.holdfast.data.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BpeTrainerTest {

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void learnsTheMergesOfTheNaiveTrainer(@ForAll("documents") List<String> documents) {
    assertThat(train(documents, 300).merges()).isEqualTo(NaiveBpe.train(documents, 300));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void learnsTheMergesOfTheNaiveTrainerFromOddText(@ForAll("oddDocuments") List<String> documents) {
    assertThat(train(documents, 400).merges()).isEqualTo(NaiveBpe.train(documents, 400));
  }

  /** The resource says how it was made. */
  @Example
  void learnsTheMergesOfHuggingFacesTrainer() throws IOException {
    List<String> merges =
        resource("hugging-face-merges.txt").lines().filter(line -> !line.startsWith("#")).toList();
    assertThat(merges).hasSize(743);
    assertThat(train(List.of(resource("state-of-the-union-1790.txt")), 1000).merges())
        .extracting(merge -> merge.left() + " " + merge.right())
        .isEqualTo(merges);
  }

  @Example
  void stopsWhenNothingIsLeftToMerge() {
    BpeModel model = train(List.of("ab ab"), 5000);
    assertThat(model.merges())
        .containsExactly(new BpeModel.Merge("a", "b"), new BpeModel.Merge("Ġ", "ab"));
    assertThat(model.symbols()).hasSize(259).startsWith("<|endoftext|>", "!").endsWith("ab", "Ġab");
  }

  private static BpeModel train(List<String> documents, int vocabSize) {
    PieceCounts counts = new PieceCounts();
    documents.forEach(counts::add);
    return BpeTrainer.train(counts, vocabSize);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = BpeTrainerTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Few letters, so that pairs repeat, overlap and tie. */
  @Provide
  Arbitrary<List<String>> documents() {
    return Arbitraries.strings().withChars("aabbc ").ofMaxLength(60).list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> oddDocuments() {
    return OddText.arbitrary().list().ofMaxSize(10);
  }
}
