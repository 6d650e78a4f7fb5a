package io.holdfast.cli.display;

import io.holdfast.cli.client.StudyView;
import io.holdfast.cli.client.StudyView.Stage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** For logs and pipes: a line when a stage's state changes, and now and then how far it is. */
public final class LineLog implements ProgressDisplay {

  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final Map<String, String> states = new HashMap<>();
  private final Map<String, Long> reported = new HashMap<>();
  private volatile boolean ended;
  private final Map<String, Long> tokens = new HashMap<>();

  /**
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  public LineLog(PrintStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
  }

  @Override
  public void show(StudyView study) {
    if (ended) {
      return;
    }
    if (states.isEmpty()) {
      begin(study);
    }
    for (Stage stage : study.stages()) {
      String state = StageText.state(stage);
      String before = states.put(stage.id(), state);
      if (!state.equals(before) && !(before == null && state.equals("waiting"))) {
        line(study, stage, state);
      } else if (state.equals("training") && isDue(stage)) {
        line(study, stage, state);
      }
    }
  }

  /** A study that is submitted again may have hundreds of finished stages: they are one line. */
  private void begin(StudyView study) {
    List<Stage> done =
        study.stages().stream().filter(stage -> StageText.state(stage).equals("done")).toList();
    if (done.isEmpty()) {
      return;
    }
    done.forEach(stage -> states.put(stage.id(), "done"));
    out.printf(
        "[%d/%d] %s done already%n",
        study.progress().trained(),
        study.progress().stages(),
        done.size() == 1 ? "1 stage is" : done.size() + " stages are");
  }

  @Override
  public void say(String sentence) {
    out.println(sentence);
  }

  @Override
  public void end() {
    ended = true;
    out.flush();
  }

  /** A stage whose trainer has gone stands still until another takes it: nothing to report. */
  private boolean isDue(Stage stage) {
    if (Objects.equals(tokens.get(stage.id()), stage.tokens())) {
      return false;
    }
    Long last = reported.get(stage.id());
    return last == null || nanoTime.getAsLong() - last >= BETWEEN_REPORTS.toNanos();
  }

  private void line(StudyView study, Stage stage, String state) {
    reported.put(stage.id(), nanoTime.getAsLong());
    tokens.put(stage.id(), stage.tokens());
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "[%d/%d] %s: %s",
                study.progress().trained(),
                study.progress().stages(),
                StageText.name(stage),
                state));
    if (state.equals("training")) {
      line.append(
          String.format(
              Locale.ROOT,
              ", %s of %s tokens",
              Numbers.tokens(stage.tokens()),
              Numbers.tokens(stage.totalTokens())));
      if (stage.tokensPerSecond() != null) {
        line.append(String.format(Locale.ROOT, ", %,.0f tokens/s", stage.tokensPerSecond()));
      }
      if (stage.lossNatsPerToken() != null) {
        line.append(", loss ").append(Numbers.loss(stage.lossNatsPerToken()));
      }
      if (study.progress().etaSeconds() != null) {
        line.append(", study done in ").append(Numbers.duration(study.progress().etaSeconds()));
      }
    }
    if (state.equals("paused")) {
      line.append(": ").append(StageText.waiting(stage));
    }
    if (stage.failure() != null && state.equals("failed")) {
      line.append(": ")
          .append(stage.failure().message())
          .append(' ')
          .append(stage.failure().remedy());
    }
    out.println(line);
  }
}
