package io.holdfast.data.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.lm.checkpoint.ImportedModel;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told about a user's model, and what becomes of one that changes. */
class BaseModelTest {

  @TempDir Path root;

  private BaseModel open(String path) {
    return BaseModel.open(new CorpusRoots(List.of(root)), "model.base", path);
  }

  private static List<Problem> problems(ThrowingCallable call) {
    InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, call);
    assertThat(refused).isNotNull();
    return refused.problems();
  }

  @Test
  void aModelIsTheSameWhereverItLies() throws IOException {
    ExportedModel.write(root.resolve("a"), 1);
    ExportedModel.write(root.resolve("deep/down/b"), 1);
    ExportedModel.write(root.resolve("other"), 2);
    String id = ImportedModel.sha256(open("a").digests());

    assertThat(ImportedModel.sha256(open("deep/down/b").digests())).isEqualTo(id);
    assertThat(ImportedModel.sha256(open("other").digests())).isNotEqualTo(id);
    assertThat(open("a").architecture()).isEqualTo(ExportedModel.ARCHITECTURE);
    assertThat(open("a").endOfText()).isZero();
  }

  @Test
  void problemsSayWhichOfTheUsersFilesIsMeant() throws IOException {
    Path model = ExportedModel.write(root.resolve("mine"), 1);
    Files.writeString(
        model.resolve("config.json"),
        Files.readString(model.resolve("config.json")).replace("\"silu\"", "\"gelu\""));
    Files.move(model.resolve("model.safetensors"), model.resolve("pytorch_model.bin"));

    assertThat(problems(() -> open("mine")))
        .extracting(Problem::path, Problem::code)
        .containsExactlyInAnyOrder(
            tuple("mine/config.json", "config-unusable"),
            tuple("mine/pytorch_model.bin", "pickle-refused"));
  }

  @Test
  void aModelThatChangesWhileItIsCopiedIsNotPublished() throws IOException {
    Path model = ExportedModel.write(root.resolve("mine"), 1);
    BaseModel base = open("mine");
    Map<String, FileDigest> digests = base.digests();
    flipLastByte(model.resolve("model.safetensors"));
    Path target = root.resolve("store/models/id");

    assertThat(
            problems(
                () -> DurableDirectory.publish(target, staging -> base.copyTo(staging, digests))))
        .extracting(Problem::path, Problem::code)
        .containsExactly(tuple("mine/model.safetensors", "model-changed"));
    try (var left = Files.list(target.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aCheckpointThatIsNoLongerWhatWasPublishedIsRefused() throws IOException {
    Path model = ExportedModel.write(root.resolve("mine"), 1);
    flipLastByte(model.resolve("model.safetensors"));

    assertThat(problems(() -> open("mine").digests()))
        .extracting(Problem::path, Problem::code)
        .containsExactly(tuple("mine/model.safetensors", "checksum-mismatch"));
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
  }
}
