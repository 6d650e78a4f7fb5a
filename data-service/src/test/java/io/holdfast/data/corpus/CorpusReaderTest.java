package io.holdfast.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.corpus.CorpusDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {

  @TempDir Path root;
  private CorpusFiles files;

  @BeforeEach
  void files() {
    files = new CorpusFiles(root);
  }

  @Test
  void readsTextPairsAndGroups() throws IOException {
    files.put(
        "a.jsonl",
        """
        {"text":"one","group":"g","other":[1,{"text":"no"}]}
        {"prompt":"Q: ","completion":"A","text":null}

        {"text":"three","prompt":"ignored","group":7}\r
        {"completion":"B","meta":{"x":[]},"prompt":""}\
        """);
    CorpusFiles.Read read = files.read("a.jsonl");
    assertThat(read.problems()).isEmpty();
    assertThat(read.documents())
        .containsExactly(
            new Document("one", "g", "a.jsonl:1"),
            new Document("Q: A", "Q: A", "a.jsonl:2"),
            new Document("three", "7", "a.jsonl:4"),
            new Document("B", "B", "a.jsonl:5"));
  }

  @Test
  void keepsTextVerbatim() throws IOException {
    files.put(
        "a.jsonl", "{\"text\":\" two  spaces\\r\\n\\ttab \\u0000 \\ud83d\\ude00 \\\"q\\\" \"}\n");
    files.put("b.txt", " first\r\nsecond \n\n");
    assertThat(files.read("a.jsonl").texts())
        .containsExactly(" two  spaces\r\n\ttab \u0000 😀 \"q\" ");
    assertThat(files.read("b.txt").texts()).containsExactly(" first\r\nsecond \n\n");
  }

  @Test
  void aByteOrderMarkIsNoText() throws IOException {
    files.put("a.jsonl", "\uFEFF{\"text\":\"one\"}\n").put("b.txt", "\uFEFFtwo");
    assertThat(files.read("a.jsonl").texts()).containsExactly("one");
    assertThat(files.read("b.txt").texts()).containsExactly("two");
  }

  @Test
  void readsCompressedFilesLikePlainOnes() throws IOException {
    String jsonl = "{\"text\":\"one\"}\n{\"text\":\"two\"}\n";
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(CorpusFiles.gzip("{\"text\":\"one\"}\n"));
    members.write(CorpusFiles.gzip("{\"text\":\"two\"}\n"));
    files
        .put("p/a.jsonl", jsonl)
        .put("g/a.jsonl.gz", CorpusFiles.gzip(jsonl))
        .put("m/a.jsonl.gz", members.toByteArray())
        .put("z/a.JSONL.zst", CorpusFiles.zstd(jsonl))
        .put("t/a.txt.gz", CorpusFiles.gzip("text"))
        .put("t/b.zst", CorpusFiles.zstd("more"));
    for (String path : List.of("p", "g/a.jsonl.gz", "m/a.jsonl.gz", "z/a.JSONL.zst")) {
      CorpusFiles.Read read = files.read(path);
      assertThat(read.problems()).as(path).isEmpty();
      assertThat(read.texts()).as(path).containsExactly("one", "two");
    }
    assertThat(files.read("t").texts()).containsExactly("text", "more");
  }

  @Test
  void readsFoldersAndGlobsSortedByName() throws IOException {
    files
        .put("d/b.txt", "b")
        .put("d/a.txt", "a")
        .put("d/sub/deep/c.txt", "c")
        .put("d/.hidden", "no")
        .put("d/.git/x.txt", "no")
        .put("e/notes.md", "e");
    assertThat(files.read("d").documents())
        .containsExactly(
            Document.ungrouped("a", "d/a.txt"),
            Document.ungrouped("b", "d/b.txt"),
            Document.ungrouped("c", "d/sub/deep/c.txt"));
    assertThat(files.read("d/*.txt").texts()).containsExactly("a", "b");
    assertThat(files.read("d/**/*.txt").texts()).containsExactly("c");
    assertThat(files.read("**.{txt,md}").texts()).containsExactly("a", "b", "c", "e");
    assertThat(files.read("[de]/?.txt").texts()).containsExactly("a", "b");
    assertThat(files.read(root.resolve("d").toString()).texts()).containsExactly("a", "b", "c");
    assertThat(files.read(root.resolve("d") + "/*.txt").texts()).containsExactly("a", "b");
  }

  @Test
  void aFileWhoseNameLooksLikeAGlobIsThatFile() throws IOException {
    files.put("what?[1].txt", "yes");
    assertThat(files.read("what?[1].txt").texts()).containsExactly("yes");
  }

  @Test
  void relativePathsStartAtTheFirstRootThatHasThem(@TempDir Path second) throws IOException {
    new CorpusFiles(second).put("only-here.txt", "2").put("both.txt", "2");
    files.put("both.txt", "1");
    CorpusReader reader =
        new CorpusReader(
            EmbeddedCorpora.shipped(),
            new CorpusRoots(List.of(root, second)),
            ReadingLimits.DEFAULT,
            TaskDocuments.NONE);
    StringBuilder read = new StringBuilder();
    for (String path : List.of("both.txt", "only-here.txt")) {
      reader.read("c", CorpusDefinition.files(path, 0, 0), d -> read.append(d.text()));
    }
    assertThat(read).hasToString("12");
  }

  @Test
  void aFailingSinkStopsTheReading() throws IOException {
    files.put("a.txt", "a");
    IllegalStateException failure = new IllegalStateException("stage cancelled");
    assertThatThrownBy(
            () ->
                files
                    .reader()
                    .read(
                        "c",
                        CorpusDefinition.files("a.txt", 0, 0),
                        document -> {
                          throw failure;
                        }))
        .isSameAs(failure);
  }

  @Test
  void documentsUpToTheLimitAreRead() throws IOException {
    ReadingLimits limits = new ReadingLimits(100, 200, 1 << 20, 10, 20);
    CorpusFiles small = new CorpusFiles(root, limits);
    String longest = "x".repeat(100 - "{\"text\":\"\"}".length());
    small
        .put("fits.jsonl", "{\"text\":\"%s\"}\n{\"text\":\"y\"}".formatted(longest))
        .put("fits.txt", "z".repeat(100).getBytes(StandardCharsets.US_ASCII));
    assertThat(small.read("fits.jsonl").texts()).containsExactly(longest, "y");
    assertThat(small.read("fits.txt").texts()).containsExactly("z".repeat(100));
  }
}
