package io.holdfast.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All parts of a corpus together against the whole of it. */
class CorpusPartTest {

  @TempDir Path root;

  private record Content(String text, String group, Form form) {
    static Content of(Document document) {
      return new Content(document.text(), document.group(), document.form());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void haveEveryDocumentOnceAndInOrder(long seed) throws IOException {
    Random random = new Random(seed);
    CorpusFiles files = write(random);
    CorpusDefinition corpus = CorpusDefinition.files("all/*", 0, 0);
    assertThat(files.read("all/*").problems()).isEmpty();
    List<Content> whole = files.read("all/*").documents().stream().map(Content::of).toList();
    assertThat(whole).hasSizeGreaterThan(100);
    CorpusInspector inspector = new CorpusInspector(files.reader());
    String id = ((CorpusInspection.Usable) inspector.inspect("c", corpus)).id();

    for (int parts : new int[] {1, 2, 3, 7, 64, 1 + random.nextInt(2_000)}) {
      List<Content> found = new ArrayList<>();
      CorpusIdentity identity = new CorpusIdentity();
      int filled = 0;
      for (int number = 0; number < parts; number++) {
        int before = found.size();
        CorpusIdentity part =
            inspector.inspectPart(
                "c",
                corpus,
                new CorpusPart(number, parts),
                document -> found.add(Content.of(document.document())));
        identity.add(CorpusIdentity.ofSums(part.sums()));
        filled += found.size() > before ? 1 : 0;
      }
      assertThat(found).as("seed %d, %d parts", seed, parts).isEqualTo(whole);
      assertThat(identity.corpusId(new CorpusSplit(0, 0), null)).isEqualTo(id);
      assertThat(files.reader().dividesInto(corpus, parts)).isBetween(filled, parts);
    }
  }

  /** Files of every kind: lines long and short, with and without a last line feed, blank ones. */
  private CorpusFiles write(Random random) throws IOException {
    CorpusFiles files = new CorpusFiles(root);
    for (int file = 0; file < 12; file++) {
      String lines = lines(random);
      switch (random.nextInt(5)) {
        case 0 -> files.put("all/" + file + ".jsonl.gz", CorpusFiles.gzip(lines));
        case 1 -> files.put("all/" + file + ".txt", "plain " + file + " " + lines);
        case 2 -> files.put("all/" + file + ".jsonl", "\uFEFF" + lines);
        default -> files.put("all/" + file + ".jsonl", lines);
      }
    }
    return files.put("all/last.jsonl", lines(random));
  }

  private static String lines(Random random) {
    StringBuilder lines = new StringBuilder("{\"text\":\"first\"}\n");
    for (int line = random.nextInt(60); line >= 0; line--) {
      Map<String, Object> fields = new HashMap<>();
      fields.put(
          "text", "ü☃ \n𝄞".repeat(1 + random.nextInt(random.nextBoolean() ? 3 : 200)) + line);
      if (random.nextInt(4) == 0) {
        fields.put("group", random.nextInt(5));
      }
      lines.append(Json.write(fields)).append(random.nextInt(4) == 0 ? "\r\n" : "\n");
      lines.append(random.nextInt(6) == 0 ? " \n\n" : "");
    }
    return random.nextBoolean() ? lines.toString() : lines.toString().stripTrailing();
  }

  @Test
  void areOneForWhatHasNoMiddleToBeginIn() throws IOException {
    CorpusFiles files =
        new CorpusFiles(root)
            .put("one.jsonl.gz", CorpusFiles.gzip("{\"text\":\"a\"}\n".repeat(900)));
    CorpusReader reader = files.reader();
    assertThat(reader.dividesInto(CorpusDefinition.files("one.jsonl.gz", 0, 0), 9)).isEqualTo(1);
    assertThat(reader.dividesInto(CorpusDefinition.embedded("wordnet", 0, 0), 9)).isEqualTo(1);
    files.put("two.jsonl", "{\"text\":\"a\"}\n".repeat(900));
    assertThat(reader.dividesInto(CorpusDefinition.files("two.jsonl", 0, 0), 9)).isEqualTo(9);
  }
}
