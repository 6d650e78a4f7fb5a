package io.holdfast.cli.display;

import io.holdfast.cli.client.StudyView.Stage;
import io.holdfast.contracts.stage.StageKind;
import java.util.Locale;

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

  /** State in a word. */
  public static String state(Stage stage) {
    if (stage.blockedBy() != null) {
      return "blocked";
    }
    // A trained stage fails too, when its checkpoint cannot be scored.
    if (stage.failure() != null) {
      return "failed";
    }
    if (stage.state().equals("TRAINED")) {
      return stage.evaluated() < stage.evaluations() ? "evaluating" : "done";
    }
    return stage.state().toLowerCase(Locale.ROOT);
  }
}
