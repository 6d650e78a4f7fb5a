package io.holdfast.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusProblemsTest {

  private static final ReadingLimits SMALL = new ReadingLimits(1_000, 20, 10_000, 5, 20);

  @TempDir Path root;
  private CorpusFiles files;

  @BeforeEach
  void files() {
    files = new CorpusFiles(root, SMALL);
  }

  private void assertOnly(String path, String code, String place, String value) {
    Problem problem = files.read(path).onlyProblem();
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.path()).isEqualTo(place);
    assertThat(problem.value()).isEqualTo(value);
    assertThat(problem.message()).endsWith(".");
    assertThat(problem.remedy()).endsWith(".");
  }

  @Test
  void missingFile() {
    assertOnly("nope.jsonl", "corpus-missing", "corpora.mine.path", "nope.jsonl");
  }

  @Test
  void nothingMatches() throws IOException {
    files.put("d/.hidden", "x");
    assertOnly("d/*.jsonl", "corpus-no-match", "corpora.mine.path", "d/*.jsonl");
    assertOnly("other/*.txt", "corpus-no-match", "corpora.mine.path", "other/*.txt");
    assertOnly("d", "corpus-no-match", "corpora.mine.path", "d");
  }

  @Test
  void emptyFilesAndRecords() throws IOException {
    files.put("a.jsonl", "").put("b.jsonl", "\n \r\n\n").put("c.txt", "").put("d.txt", " \n");
    files.put("e.jsonl", "{\"text\":\"\"}\n").put("f.jsonl", "{\"text\":\" \\n\"}\n");
    for (String name : List.of("a.jsonl", "b.jsonl", "c.txt", "d.txt")) {
      assertOnly(name, "corpus-empty", name, null);
    }
    assertOnly("e.jsonl", "corpus-empty", "e.jsonl:1", null);
    assertOnly("f.jsonl", "corpus-empty", "f.jsonl:1", null);
  }

  @Test
  void notUtf8NamesLineAndByte() throws IOException {
    byte[] jsonl = "{\"text\":\"é\"}\n{\"text\":\"f?r\"}\n".getBytes(StandardCharsets.UTF_8);
    int at = new String(jsonl, StandardCharsets.ISO_8859_1).indexOf('?');
    jsonl[at] = (byte) 0xFC; // ü in Latin-1
    files.put("a.jsonl", jsonl).put("a.jsonl.gz", CorpusFiles.gzip(jsonl));
    assertOnly("a.jsonl", "corpus-not-utf8", "a.jsonl:2", "byte %d (0xfc)".formatted(at));
    assertOnly("a.jsonl.gz", "corpus-not-utf8", "a.jsonl.gz:2", "byte %d (0xfc)".formatted(at));
    files.put("b.txt", new byte[] {'a', '\n', 'b', (byte) 0xE2, (byte) 0x82});
    assertOnly("b.txt", "corpus-not-utf8", "b.txt:2", "byte 3 (0xe2)");
    files.put("c.txt", "replacement \uFFFD and then \u20ac");
    assertThat(files.read("c.txt").problems()).isEmpty();
  }

  @Test
  void sixteenBitTextIsNotTakenForUtf8() throws IOException {
    files.put("a.txt", "\uFEFFtext".getBytes(StandardCharsets.UTF_16LE));
    assertOnly("a.txt", "corpus-not-utf8", "a.txt:1", "byte 0 (0xff)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"a\"",
        "{\"text\":\"a}",
        "{\"text\":\"a\"} {\"text\":\"b\"}",
        "{\"text\":\"a\"} x",
        "[\"a\"]",
        "\"a\"",
        "text",
        "{text:\"a\"}",
        "{\"text\":\"a\",}",
        "{\"text\":\"\\x\"}"
      })
  void brokenJson(String line) throws IOException {
    files.put("a.jsonl", "{\"text\":\"fine\"}\n" + line + "\n{\"text\":\"fine too\"}\n");
    assertOnly("a.jsonl", "corpus-broken-json", "a.jsonl:2", line);
    assertThat(files.read("a.jsonl").texts()).containsExactly("fine", "fine too");
  }

  @Test
  void nestingIsBounded() throws IOException {
    files.put("a.jsonl", "{\"text\":\"x\",\"deep\":" + "[".repeat(300) + "]".repeat(300) + "}\n");
    assertThat(files.read("a.jsonl").onlyProblem().code()).isEqualTo("corpus-broken-json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"body\":\"a\"}",
        "{\"prompt\":\"a\"}",
        "{\"completion\":\"a\"}",
        "{\"text\":null}",
        "{\"prompt\":\"a\",\"completion\":null}"
      })
  void neitherTextNorPair(String line) throws IOException {
    files.put("a.jsonl", line);
    assertOnly("a.jsonl", "corpus-no-text", "a.jsonl:1", line);
  }

  @Test
  void wrongTypes() throws IOException {
    files.put("a.jsonl", "{\"text\":[\"a\"]}\n{\"text\":1}\n{\"text\":\"a\",\"group\":1.5}\n");
    assertThat(files.read("a.jsonl").problems())
        .extracting(Problem::code, Problem::path, Problem::value)
        .containsExactly(
            tuple("corpus-wrong-type", "a.jsonl:1", "text is a list"),
            tuple("corpus-wrong-type", "a.jsonl:2", "text is a number"),
            tuple("corpus-wrong-type", "a.jsonl:3", "group is a number"));
  }

  @Test
  void aWrongMessageIsNamed() throws IOException {
    files.put(
        "a.jsonl",
        """
        {"messages":[]}
        {"messages":"hi"}
        {"messages":[{"role":"user","content":"hi"},"hi"]}
        {"messages":[{"role":"user","content":"hi"},{"content":"hi"}]}
        {"messages":[{"role":"user","content":[1]}]}
        """);
    assertThat(files.read("a.jsonl").problems())
        .extracting(Problem::code, Problem::path, Problem::value)
        .containsExactly(
            tuple("corpus-wrong-message", "a.jsonl:1", "messages"),
            tuple("corpus-wrong-message", "a.jsonl:2", "messages"),
            tuple("corpus-wrong-message", "a.jsonl:3", "messages[1]"),
            tuple("corpus-wrong-message", "a.jsonl:4", "messages[1].role"),
            tuple("corpus-wrong-message", "a.jsonl:5", "messages[0].content"));
  }

  @Test
  void halfSurrogatesAreNoText() throws IOException {
    files.put("a.jsonl", "{\"text\":\"a \\ud83d b\"}\n{\"text\":\"\\ude00\"}\n");
    assertThat(files.read("a.jsonl").problems())
        .extracting(Problem::code)
        .containsExactly("corpus-not-unicode", "corpus-not-unicode");
  }

  @Test
  void tooLongDocuments() throws IOException {
    String line = "{\"text\":\"%s\"}\n";
    files.put("a.jsonl", line.formatted("x".repeat(1_000)) + line.formatted("short"));
    files.put("b.txt", "y".repeat(1_001));
    assertOnly("a.jsonl", "corpus-document-too-long", "a.jsonl:1", "more than 1,000 bytes");
    assertThat(files.read("a.jsonl").texts()).containsExactly("short");
    assertOnly("b.txt", "corpus-document-too-long", "b.txt", "more than 1,000 bytes");
  }

  @Test
  void decompressionBombs() throws IOException {
    String bomb = "{\"text\":\"a\"}\n".repeat(100_000);
    files.put("a.jsonl.gz", CorpusFiles.gzip(bomb)).put("b.jsonl.zst", CorpusFiles.zstd(bomb));
    assertOnly("a.jsonl.gz", "corpus-expands-too-much", "a.jsonl.gz", "more than 20 to 1");
    assertOnly("b.jsonl.zst", "corpus-expands-too-much", "b.jsonl.zst", "more than 20 to 1");
    assertThat(files.read("b.jsonl.zst").documents()).hasSizeLessThan(20_000);
  }

  @Test
  void damagedCompression() throws IOException {
    String random =
        new Random(1)
            .ints(5_000, 'a', 'z')
            .mapToObj(c -> "{\"text\":\"" + (char) c + "\"}\n")
            .collect(Collectors.joining());
    byte[] gzip = CorpusFiles.gzip(random);
    byte[] zstd = CorpusFiles.zstd(random);
    files
        .put("cut.jsonl.gz", Arrays.copyOf(gzip, gzip.length / 2))
        .put("cut.jsonl.zst", Arrays.copyOf(zstd, zstd.length / 2))
        .put("plain.jsonl.gz", random)
        .put("plain.jsonl.zst", random)
        .put("none.jsonl.gz", "");
    for (String name :
        List.of(
            "cut.jsonl.gz",
            "cut.jsonl.zst",
            "plain.jsonl.gz",
            "plain.jsonl.zst",
            "none.jsonl.gz")) {
      Problem problem = files.read(name).onlyProblem();
      assertThat(problem.code()).as(name).isEqualTo("corpus-damaged-compression");
      assertThat(problem.path()).isEqualTo(name);
    }
  }

  @Test
  void otherFormats() throws IOException {
    files.put("a.parquet", "PAR1").put("b.json", "[]").put("c.tar.gz", CorpusFiles.gzip("x"));
    assertOnly("a.parquet", "corpus-unsupported-format", "a.parquet", ".parquet");
    assertOnly("b.json", "corpus-unsupported-format", "b.json", ".json");
    assertOnly("c.tar.gz", "corpus-unsupported-format", "c.tar.gz", ".tar");
  }

  @Test
  void aFolderOfTwoKindsMustBeToldApart() throws IOException {
    files.put("d/a.jsonl", "{\"text\":\"a\"}").put("d/README.md", "About");
    assertOnly("d", "corpus-mixed-formats", "corpora.mine.path", "d");
    assertThat(files.read("d/**.jsonl*").texts()).containsExactly("a");
    assertThat(files.read("d/*").texts()).containsExactly("About", "a");
  }

  @Test
  void tooManyFiles() throws IOException {
    for (int i = 0; i < 6; i++) {
      files.put("d/" + i + ".txt", "x" + i);
    }
    assertOnly("d", "corpus-too-many-files", "corpora.mine.path", "d");
  }

  @Test
  void manyProblemsAreReportedAtOnceUpToABound() throws IOException {
    String lines =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> i % 2 == 0 ? "broken" : "{\"text\":\"" + i + "\"}")
            .collect(Collectors.joining("\n"));
    files.put("d/a.jsonl", lines).put("d/b.jsonl", "also broken");
    List<Problem> problems = files.read("d").problems();
    assertThat(problems).hasSize(SMALL.maxProblems());
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 20).mapToObj(i -> "d/a.jsonl:" + 2 * i).toList());
  }

  @Test
  void problemsOfSeveralFilesAreReportedTogether() throws IOException {
    files.put("d/a.jsonl", "{").put("d/b.jsonl", "").put("d/c.jsonl", "{\"text\":\"fine\"}");
    assertThat(files.read("d").problems())
        .extracting(Problem::path)
        .containsExactly("d/a.jsonl:1", "d/b.jsonl");
  }

  @Test
  void aLinkToNothing() throws IOException {
    Files.createSymbolicLink(root.resolve("gone.txt"), root.resolve("nowhere"));
    files.put("a.txt", "a");
    assertOnly("*.txt", "corpus-unreadable", "gone.txt", "a symbolic link to nothing");
  }

  @Test
  void memoryIsBoundedByTheLimitHoweverLongALineIs() throws IOException {
    long length = 64L << 20;
    Path file = root.resolve("long.jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[1 << 20];
      Arrays.fill(block, (byte) 'x');
      for (long written = 0; written < length; written += block.length) {
        out.write(block);
      }
    }
    try (InputStream in = Files.newInputStream(file)) {
      LineReader lines = new LineReader(in, SMALL.maxDocumentBytes(), 0);
      assertThat(lines.next()).isTrue();
      assertThat(lines.tooLong()).isTrue();
      assertThat(lines.bytes().length).isLessThanOrEqualTo(1 << 13);
      assertThat(lines.next()).isFalse();
      assertThat(lines.offset()).isEqualTo(length);
    }
  }

  @Test
  void excerptsAreShortAndPrintable() {
    assertThat(CorpusProblems.excerpt("a\u0000\tb" + "x".repeat(200)))
        .hasSize(61)
        .startsWith("a??b");
  }
}
