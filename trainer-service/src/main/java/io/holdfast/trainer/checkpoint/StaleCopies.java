package io.holdfast.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedFolder;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.CheckpointSeries;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.trainer.stage.Checkpoints;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What lies on this machine of a stage that was collected since. Another trainer removed it from
 * the store, and cannot reach this machine's copies.
 */
@ApplicationScoped
class StaleCopies {

  private static final Logger LOG = Logger.getLogger(StaleCopies.class);

  private final SharedArtifacts artifacts;

  @Inject
  StaleCopies(SharedArtifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * Drops what is here if it is past a mark whose weights are neither here nor in the store:
   * whoever went on from it would not come by there again. Else it is as good as any other copy.
   */
  void drop(StageSpec spec) {
    Path here = artifacts.resolve(Checkpoints.directory(spec.id()));
    if (artifacts.isRemote() && lacksMark(spec, tokens(here))) {
      LOG.infof("Stage %s was collected since it was trained here: its copies go", spec.id());
      SharedFolder.removeFrom(here);
    }
  }

  private boolean lacksMark(StageSpec spec, long tokens) {
    return spec.marks().stream()
        .filter(mark -> mark <= tokens)
        .map(mark -> Checkpoints.mark(spec.id(), mark))
        .anyMatch(
            mark -> !DurableDirectory.isMarked(artifacts.resolve(mark)) && !artifacts.has(mark));
  }

  /** How far the stage has come here, in trained tokens. */
  private static long tokens(Path stage) {
    try (Stream<Path> entries = Files.isDirectory(stage) ? Files.list(stage) : Stream.of()) {
      return entries
          .filter(StaleCopies::isGoneOnFrom)
          .mapToLong(StaleCopies::tokensOf)
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new StorageException(stage, "list", e);
    }
  }

  /** None of what is damaged: who looks for something to go on from passes it over. */
  private static long tokensOf(Path checkpoint) {
    Path summary = checkpoint.resolve(CheckpointDirectory.SUMMARY);
    try {
      return Json.mapper().readTree(summary.toFile()).path("tokens").asLong();
    } catch (JsonProcessingException | FileNotFoundException damaged) {
      return 0;
    } catch (IOException e) {
      throw new StorageException(summary, "read", e);
    }
  }

  private static boolean isGoneOnFrom(Path path) {
    String name = path.getFileName().toString();
    return (name.equals(CheckpointSeries.FINAL) || Checkpoints.isResumable(name))
        && DurableDirectory.isMarked(path);
  }
}
