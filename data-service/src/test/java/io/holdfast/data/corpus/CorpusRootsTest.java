package io.holdfast.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusRootsTest {

  @TempDir Path temp;
  private Path outside;
  private CorpusFiles files;

  @BeforeEach
  void secretBesideTheRoot() throws IOException {
    outside = Files.createDirectories(temp.resolve("root-but-not/secret"));
    Files.writeString(outside.resolve("key.txt"), "secret");
    files = new CorpusFiles(Files.createDirectories(temp.resolve("root")));
    files.put("d/fine.txt", "fine");
  }

  private void assertRefused(String path) {
    CorpusFiles.Read read = files.read(path);
    assertThat(read.documents()).isEmpty();
    assertThat(read.onlyProblem().code()).isEqualTo("corpus-outside-roots");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../root-but-not/secret/key.txt",
        "d/../../root-but-not/secret/key.txt",
        "d/../d/fine.txt",
        "..",
        "../*/secret/*.txt"
      })
  void refusesUpwardPaths(String path) {
    assertRefused(path);
  }

  @Test
  void refusesAbsolutePathsElsewhereWhetherTheyExistOrNot() {
    assertRefused(outside.resolve("key.txt").toString());
    assertRefused(outside.resolve("no-such-key.txt").toString());
    assertRefused("/etc/passwd");
    assertRefused("/");
    assertRefused("/**");
    assertRefused(temp + "/root-but-not/**");
  }

  @Test
  void refusesLinksThatLeadOut() throws IOException {
    Path root = files.root;
    Files.createSymbolicLink(root.resolve("key.txt"), outside.resolve("key.txt"));
    Files.createSymbolicLink(root.resolve("d/linked"), outside);
    assertRefused("key.txt");
    assertRefused("d/linked");
    assertRefused("d/linked/key.txt");
    assertRefused("d/linked/*.txt");
    assertRefused("*.txt");
    assertRefused("d");
    assertRefused("d/**.txt");
    assertThat(files.read("d/*.txt").texts()).containsExactly("fine");
    assertThat(files.read("d").onlyProblem().value()).isEqualTo("d/linked");
  }

  @Test
  void followsLinksThatStayWithin() throws IOException {
    Path root = files.root;
    files.put("blobs/1234", "blob");
    Files.createDirectories(root.resolve("snapshot"));
    Files.createSymbolicLink(root.resolve("snapshot/a.txt"), Path.of("../blobs/1234"));
    Files.createSymbolicLink(root.resolve("snapshot/sub"), root.resolve("d"));
    assertThat(files.read("snapshot").texts()).containsExactly("blob", "fine");
    assertThat(files.read("snapshot/a.txt").texts()).containsExactly("blob");
  }

  @Test
  void aRootMayItselfBeALink() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link-to-root"), files.root);
    CorpusFiles linked = new CorpusFiles(link);
    assertThat(linked.read("d/fine.txt").texts()).containsExactly("fine");
    assertThat(linked.read(link + "/d").texts()).containsExactly("fine");
  }

  @Test
  void aCircleOfLinksEndsWithAProblem() throws IOException {
    Files.createSymbolicLink(files.root.resolve("d/loop"), files.root.resolve("d"));
    Problem problem = files.read("d").onlyProblem();
    assertThat(problem.code()).isEqualTo("corpus-unreadable");
    assertThat(problem.path()).isEqualTo("d/loop");
  }

  @Test
  void withoutRootsNoFileIsRead() {
    CorpusReader reader =
        new CorpusReader(
            EmbeddedCorpora.shipped(),
            new CorpusRoots(List.of()),
            ReadingLimits.DEFAULT,
            TaskDocuments.NONE);
    List<Problem> problems =
        reader.read("c", CorpusDefinition.files("d/fine.txt", 0, 0), document -> {});
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo("corpus-outside-roots");
    assertThat(problems.getFirst().remedy()).contains("holdfast.corpora.roots");
  }

  @Test
  void aRootThatDoesNotExistYetIsNoFailure() {
    CorpusFiles none = new CorpusFiles(temp.resolve("later"));
    assertThat(none.read("d").onlyProblem().code()).isEqualTo("corpus-missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\u0000b", "{a", "[a"})
  void whatIsNoPathIsAProblem(String path) {
    assertThat(files.read(path).onlyProblem().code()).isEqualTo("corpus-bad-path");
  }

  @Test
  void theRootItselfIsACorpus() {
    assertThat(files.read(".").texts()).containsExactly("fine");
    assertThat(files.read(files.root.toString()).texts()).containsExactly("fine");
    assertThat(files.read("./d/").texts()).containsExactly("fine");
  }
}
