package io.holdfast.data.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.corpus.CorpusRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which directories are looked into, and which of their files. */
class ModelFolderTest {

  @TempDir Path temp;
  private Path root;
  private Path outside;

  @BeforeEach
  void aModelWithinAndAnotherOutside() throws IOException {
    root = Files.createDirectories(temp.resolve("root"));
    outside = model(temp.resolve("outside"));
    model(root.resolve("models/mine"));
  }

  private static Path model(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("config.json"), "{}");
    Files.writeString(directory.resolve("model.safetensors"), "weights");
    Files.writeString(directory.resolve("README.md"), "about");
    return directory;
  }

  private ModelFolder find(String path) {
    return ModelFolder.find(new CorpusRoots(List.of(root)), "model.base", path);
  }

  private List<Problem> problems(String path) {
    InvalidInputException refused =
        catchThrowableOfType(InvalidInputException.class, () -> find(path));
    assertThat(refused).as(path).isNotNull();
    return refused.problems();
  }

  private void assertRefused(String path, String code) {
    assertThat(problems(path)).singleElement().extracting(Problem::code).isEqualTo(code);
  }

  @Test
  void onlyWhatMakesAModelCounts() {
    ModelFolder folder = find("models/mine/");

    assertThat(folder.has("config.json")).isTrue();
    assertThat(folder.has("README.md")).isFalse();
    assertThat(folder.called()).isEqualTo("models/mine");
    assertThat(find(root.resolve("models/mine").toString()).state()).isEqualTo(folder.state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "models/../models/mine", "..", "/", "/etc"})
  void whatLiesElsewhereIsRefusedUnseen(String path) {
    assertRefused(path, "model-outside-roots");
  }

  @Test
  void linksThatLeadOutAreRefused() throws IOException {
    Files.createSymbolicLink(root.resolve("models/linked"), outside);
    Path mine = root.resolve("models/mine");
    Files.delete(mine.resolve("model.safetensors"));
    Files.createSymbolicLink(
        mine.resolve("model.safetensors"), outside.resolve("model.safetensors"));
    Files.createSymbolicLink(mine.resolve("tokenizer.json"), outside.resolve("nothing"));

    assertRefused(outside.toString(), "model-outside-roots");
    assertRefused("models/linked", "model-outside-roots");
    assertThat(problems("models/mine"))
        .extracting(Problem::code)
        .containsExactlyInAnyOrder("model-outside-roots", "model-unreadable");
  }

  /** Hugging Face's cache keeps a snapshot's files as links to blobs beside it. */
  @Test
  void linksThatStayWithinAreFollowed() throws IOException {
    Path blob = Files.createDirectories(root.resolve("hub/blobs")).resolve("c0ffee");
    Files.writeString(blob, "{}");
    Path snapshot = Files.createDirectories(root.resolve("hub/snapshots/main"));
    Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../blobs/c0ffee"));

    assertThat(find("hub/snapshots/main").has("config.json")).isTrue();
  }

  /** A pipe without a writer: whoever opened it would wait for ever. */
  @Test
  void aPipeIsNotOpened() throws Exception {
    Path pipe = root.resolve("models/mine/tokenizer.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertRefused("models/mine", "model-unreadable");
  }

  @Test
  void whatIsNoFolderIsRefused() {
    assertRefused("models/yours", "model-missing");
    assertRefused("models/mine/config.json", "model-not-a-folder");
    assertRefused(" ", "model-bad-path");
    assertRefused("a\0b", "model-bad-path");
    assertThat(
            catchThrowableOfType(
                    InvalidInputException.class,
                    () -> ModelFolder.find(new CorpusRoots(List.of()), "model.base", "models/mine"))
                .problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.remedy()).contains("holdfast.corpora.roots"));
  }

  @Test
  void theStateChangesWithAFile() throws IOException {
    String before = find("models/mine").state();
    Files.writeString(root.resolve("models/mine/README.md"), "more");
    assertThat(find("models/mine").state()).isEqualTo(before);

    Files.writeString(root.resolve("models/mine/config.json"), "{ }");
    assertThat(find("models/mine").state()).isNotEqualTo(before);
  }
}
