package io.holdfast.lm.checkpoint;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stage's checkpoints: {@code step-<9 digits>} to resume from, {@code mark-<tokens>} of its way
 * and {@code final} to publish.
 */
public final class CheckpointSeries {

  /** Name of the final checkpoint. */
  public static final String FINAL = "final";

  /** Begins the name of a checkpoint to resume from; such names sort by their steps. */
  public static final String RESUMABLE = "step-";

  /** Begins the name of the weights at a token mark. */
  public static final String MARK = "mark-";

  private static final Pattern STEP = Pattern.compile(RESUMABLE + "(\\d{9})");

  private final Path stage;

  /**
   * The checkpoints of one stage.
   *
   * @param stage the stage's directory; need not exist yet
   */
  public CheckpointSeries(Path stage) {
    this.stage = stage;
  }

  /** Publishes a resumable checkpoint. */
  public CheckpointDirectory save(long step, CheckpointContents contents) {
    CheckpointDirectory.save(path(step), contents);
    return CheckpointDirectory.open(path(step));
  }

  /** Publishes the final checkpoint, or keeps the one that is there. */
  public CheckpointDirectory saveFinal(CheckpointContents contents) {
    CheckpointDirectory.save(stage.resolve(FINAL), contents);
    return CheckpointDirectory.open(stage.resolve(FINAL));
  }

  /** Publishes the weights at a token mark, or keeps the ones that are there. */
  public CheckpointDirectory saveMark(long tokens, CheckpointContents contents) {
    Path path = stage.resolve(MARK + tokens);
    CheckpointDirectory.save(path, contents);
    return CheckpointDirectory.open(path);
  }

  /** The final checkpoint if it is complete and its checksums hold. */
  public Optional<CheckpointDirectory> last(Consumer<Problem> rejected) {
    return intact(stage.resolve(FINAL), rejected);
  }

  /**
   * The newest resumable checkpoint whose checksums hold.
   *
   * @param rejected hears why newer ones were passed over
   */
  public Optional<CheckpointDirectory> latest(Consumer<Problem> rejected) {
    return steps().reversed().stream()
        .flatMap(step -> intact(path(step), rejected).stream())
        .findFirst();
  }

  private static Optional<CheckpointDirectory> intact(Path path, Consumer<Problem> rejected) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(CheckpointDirectory.open(path).verify());
    } catch (UnusableArtifactException e) {
      rejected.accept(e.problem());
      return Optional.empty();
    }
  }

  /** Steps with a resumable checkpoint, complete or not, ascending. */
  public List<Long> steps() {
    List<Long> steps = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(stage)) {
      for (Path entry : entries) {
        Matcher matcher = STEP.matcher(entry.getFileName().toString());
        if (matcher.matches()) {
          steps.add(Long.parseLong(matcher.group(1)));
        }
      }
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw new StorageException(stage, "list", e);
    }
    steps.sort(Comparator.naturalOrder());
    return steps;
  }

  /**
   * Removes all resumable checkpoints but the newest complete ones, and what crashed writers left.
   *
   * @param keep how many stay, at least 1
   */
  public void prune(int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("at least one checkpoint is kept: " + keep);
    }
    int complete = 0;
    for (long step : steps().reversed()) {
      if (complete == keep) {
        DurableDirectory.delete(path(step));
      } else if (DurableDirectory.find(path(step)).isPresent()) {
        complete++;
      }
    }
    DurableDirectory.sweep(stage);
  }

  /** Removes every resumable checkpoint, once the final one is there. */
  public void discardResumable() {
    steps().forEach(step -> DurableDirectory.delete(path(step)));
  }

  private Path path(long step) {
    return stage.resolve(RESUMABLE + "%09d".formatted(step));
  }
}
