package io.holdfast.cli.display;

import io.holdfast.cli.client.StudyView.Stage;
import io.holdfast.contracts.stage.StageKind;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words for a stage. */
public final class StageText {

  private StageText() {}

  /** Such as {@code fine-tune exposed lr 0.001 seed 4}. */
  public static String name(Stage stage) {
    return kind(stage.kind())
        + " "
        + String.join("+", stage.recipes())
        + (stage.settings().isEmpty() ? "" : " " + settings(stage.settings()))
        + " seed "
        + stage.seed();
  }

  public static String kind(StageKind kind) {
    return switch (kind) {
      case PRETRAIN -> "pretrain";
      case POST_TRAIN -> "post-train";
      case FINE_TUNE -> "fine-tune";
    };
  }

  /** Swept values without the stage they belong to, which stands in front already. */
  public static String settings(String settings) {
    return settings.replaceAll("(pretrain|post_train|fine_tune)\\.", "").replace('_', ' ');
  }

  /** What a paused stage waits for, such as {@code waits for capitals@1 since 10:02: …}. */
  public static String waiting(Stage stage) {
    return stage.waiting().stream()
        .map(
            wait ->
                "waits for %s since %s: %s"
                    .formatted(
                        wait.task(),
                        LocalTime.ofInstant(wait.since(), ZoneId.systemDefault())
                            .truncatedTo(ChronoUnit.MINUTES),
                        wait.reason()))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** State in a word. */
  public static String state(Stage stage) {
    if (stage.blockedBy() != null) {
      return "blocked";
    }
    // A trained stage fails too, when its checkpoint cannot be scored.
    if (stage.failure() != null) {
      return "failed";
    }
    if (!stage.waiting().isEmpty()) {
      return "paused";
    }
    if (stage.state().equals("TRAINED")) {
      return stage.evaluated() < stage.evaluations() ? "evaluating" : "done";
    }
    return stage.state().toLowerCase(Locale.ROOT);
  }
}
