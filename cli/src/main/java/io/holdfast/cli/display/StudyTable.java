package io.holdfast.cli.display;

import io.holdfast.cli.client.StudyView;
import io.holdfast.cli.client.StudyView.Progress;
import io.holdfast.cli.client.StudyView.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A study's stages as lines that fit a terminal. A pure function of the study and the size. */
public final class StudyTable {

  /** Head: title, bar, empty line, column names. */
  private static final int HEAD = 4;

  private static final int MIN_NAME = 16;

  /** Columns behind the name: state, tokens, bar, speed, loss. */
  private static final int FIGURES = 49;

  private StudyTable() {}

  /** At most {@code height} lines of at most {@code width} characters, not counting colours. */
  public static List<String> lines(StudyView study, int width, int height) {
    List<String> lines = new ArrayList<>();
    lines.add(title(study, width));
    lines.add(bar(study.progress(), width));
    lines.add("");
    int nameWidth =
        Math.max(
            MIN_NAME,
            Math.min(
                width - FIGURES,
                study.stages().stream().mapToInt(s -> StageText.name(s).length()).max().orElse(0)));
    lines.add(
        Style.FAINT.of(
            fit(
                "  "
                    + pad("stage", nameWidth)
                    + " state        tokens                 tok/s    loss",
                width)));
    int room = Math.max(1, height - HEAD);
    List<Stage> shown = mostInteresting(study.stages(), room);
    shown.forEach(stage -> lines.add(row(stage, nameWidth, width)));
    int hidden = study.stages().size() - shown.size();
    if (hidden > 0) {
      lines.add(Style.FAINT.of(fit("  … and %d more stages".formatted(hidden), width)));
    }
    return lines;
  }

  /**
   * When not all fit: what is trained now, then failures, then what comes next, then what is done.
   */
  private static List<Stage> mostInteresting(List<Stage> stages, int room) {
    if (stages.size() <= room) {
      return stages;
    }
    List<Stage> chosen =
        stages.stream()
            .sorted(Comparator.comparingInt(StudyTable::urgency))
            .limit(Math.max(1, room - 1))
            .toList();
    return stages.stream().filter(chosen::contains).toList();
  }

  private static int urgency(Stage stage) {
    return switch (StageText.state(stage)) {
      case "training" -> 0;
      case "failed", "paused" -> 1;
      case "evaluating" -> 2;
      case "prepared", "requested" -> 3;
      case "done" -> 5;
      default -> 4;
    };
  }

  private static String title(StudyView study, int width) {
    Progress p = study.progress();
    StringBuilder text = new StringBuilder();
    text.append(": %d of %d stages trained".formatted(p.trained(), p.stages()));
    if (p.training() > 0) {
      text.append(", %d training".formatted(p.training()));
    }
    if (p.failed() > 0) {
      text.append(", %d failed".formatted(p.failed()));
    }
    text.append(", %d of %d evaluations".formatted(p.evaluated(), p.evaluations()));
    return Style.BOLD.of(fit(study.name(), width))
        + fit(text.toString(), Math.max(0, width - study.name().length()));
  }

  private static String bar(Progress p, int width) {
    double part = p.totalTokens() == 0 ? 0 : Math.min(1, p.tokens() / (double) p.totalTokens());
    String figures =
        " %3d %%  %s of %s tokens"
            .formatted(
                Math.round(100 * part),
                Numbers.tokens(p.tokens()),
                Numbers.tokens(p.totalTokens()));
    if (p.tokensPerSecond() > 0) {
      figures += String.format(Locale.ROOT, "  %,.0f tokens/s", p.tokensPerSecond());
    }
    if (p.etaSeconds() != null) {
      figures += "  " + Numbers.duration(p.etaSeconds()) + " left";
    }
    int room = Math.max(0, Math.min(40, width - figures.length()));
    return Style.CYAN.of(blocks(part, room)) + fit(figures, width - room);
  }

  private static String row(Stage stage, int nameWidth, int width) {
    String state = StageText.state(stage);
    StringBuilder figures = new StringBuilder();
    figures.append(' ').append(pad(state, 11)).append(' ');
    boolean training = state.equals("training");
    double part =
        stage.totalTokens() == 0 ? 0 : Math.min(1, stage.tokens() / (double) stage.totalTokens());
    if (training) {
      figures.append(
          pad(Numbers.tokens(stage.tokens()) + "/" + Numbers.tokens(stage.totalTokens()), 12));
      figures.append(blocks(part, 9)).append(' ');
      figures.append(
          stage.tokensPerSecond() == null
              ? "      –"
              : String.format(Locale.ROOT, "%,7.0f", stage.tokensPerSecond()));
    } else {
      figures.append(pad(Numbers.tokens(stage.totalTokens()), 29));
    }
    figures.append(String.format(Locale.ROOT, " %7s", Numbers.loss(stage.lossNatsPerToken())));
    String text = mark(state) + " " + pad(StageText.name(stage), nameWidth) + figures;
    if (stage.failure() != null && state.equals("failed")) {
      text = mark(state) + " " + StageText.name(stage) + ": " + stage.failure().message();
    }
    if (state.equals("paused")) {
      text = mark(state) + " " + StageText.name(stage) + ": " + StageText.waiting(stage);
    }
    return style(state).of(fit(text, width));
  }

  private static String mark(String state) {
    return switch (state) {
      case "done" -> "✓";
      case "training", "evaluating" -> "▸";
      case "failed" -> "✗";
      case "paused" -> "‖";
      default -> "·";
    };
  }

  private static Style style(String state) {
    return switch (state) {
      case "done" -> Style.GREEN;
      case "training", "evaluating", "paused" -> Style.PLAIN;
      case "failed" -> Style.RED;
      default -> Style.FAINT;
    };
  }

  private static String blocks(double part, int width) {
    int full = (int) Math.round(part * width);
    return "█".repeat(full) + "░".repeat(width - full);
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? fit(text, width) : text + " ".repeat(width - text.length());
  }

  private static String fit(String text, int width) {
    return text.length() <= width ? text : width < 1 ? "" : text.substring(0, width - 1) + "…";
  }
}
