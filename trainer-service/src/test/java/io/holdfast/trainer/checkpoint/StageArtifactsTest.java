package io.holdfast.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedFolder;
import io.holdfast.artifact.StoreAwayException;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.durable.DurableDirectory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageArtifactsTest {

  private static final List<String> LEFT =
      List.of("mark-100", "step-000000200", "mark-200", "final", "step-000000300", "mark-300");

  @TempDir Path root;

  /** Whoever went on from a step without the marks before it could not end the stage. */
  @ParameterizedTest(name = "after {0} directories")
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void aRemovalThatIsCutLeavesNothingToGoOnFromWithoutItsMarks(int removed) {
    SharedFolder folder = new SharedFolder(new ArtifactStore(root));
    LEFT.forEach(
        name ->
            folder.provide(
                "checkpoints/s/" + name, into -> Files.writeString(into.resolve("file"), name)));

    assertThatThrownBy(() -> artifacts(cutAfter(removed, folder)).remove("s"))
        .isInstanceOf(StoreAwayException.class);
    boolean canGoOn = LEFT.stream().anyMatch(name -> !name.startsWith("mark") && isThere(name));
    boolean hasMarks = LEFT.stream().allMatch(name -> !name.startsWith("mark") || isThere(name));
    assertThat(!canGoOn || hasMarks).isTrue();

    artifacts(folder).remove("s");
    assertThat(root.resolve("checkpoints/s")).doesNotExist();
    artifacts(folder).remove("s");
  }

  private boolean isThere(String name) {
    return DurableDirectory.isMarked(root.resolve("checkpoints/s").resolve(name));
  }

  private static StageArtifacts artifacts(SharedArtifacts store) {
    return new StageArtifacts(store, new ResumePoints(store), new StaleCopies(store));
  }

  /** The real store, which is away after so many removals. */
  private static SharedArtifacts cutAfter(int removals, SharedFolder folder) {
    AtomicInteger left = new AtomicInteger(removals);
    return (SharedArtifacts)
        Proxy.newProxyInstance(
            StageArtifactsTest.class.getClassLoader(),
            new Class<?>[] {SharedArtifacts.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("remove") && left.getAndDecrement() == 0) {
                throw new StoreAwayException("cut", null);
              }
              try {
                return method.invoke(folder, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
