package io.holdfast.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.client.StudyView;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineLogTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong();
  private final LineLog log =
      new LineLog(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock::get);

  @Test
  void changesAreToldAtOnceAndProgressNowAndThen() {
    log.show(Samples.study(Samples.stage(1, "WAITING", null)));
    assertThat(lines()).isZero();
    for (int i = 0; i < 100; i++) {
      log.show(Samples.study(Samples.stage(1, "TRAINING", null)));
    }
    assertThat(lines()).isEqualTo(1);
    clock.addAndGet(Duration.ofSeconds(11).toNanos());
    log.show(Samples.study(Samples.stage(1, "TRAINING", null)));
    assertThat(lines()).as("a stage that stands still").isEqualTo(1);
    log.show(Samples.study(Samples.stage(1, "TRAINING", null, 300_000)));
    assertThat(lines()).isEqualTo(2);
    log.show(Samples.study(Samples.stage(1, "TRAINED", null)));
    assertThat(lines()).isEqualTo(3);
    assertThat(text()).endsWith("fine-tune exposed learning rate=0.001 seed 1: done\n");
    assertThat(text()).contains("training, 212k of 900k tokens, 4,903 tokens/s, loss 4.221");
  }

  @Test
  void aTrainedStageThatCannotBeScoredIsToldToHaveFailed() {
    log.show(Samples.study(Samples.stage(1, "TRAINING", null)));
    log.show(
        Samples.study(
            Samples.stage(
                1,
                "TRAINED",
                new StudyView.Failure("CHECKPOINT_UNUSABLE", "A byte changed.", "Restore it."))));
    assertThat(text()).endsWith("seed 1: failed: A byte changed. Restore it.\n");
  }

  @Test
  void stagesOfAStudyThatRanBeforeAreOneLine() {
    log.show(
        Samples.study(
            Samples.stage(1, "TRAINED", null),
            Samples.stage(2, "TRAINED", null),
            Samples.stage(3, "WAITING", null)));

    assertThat(text()).isEqualTo("[1/3] 2 stages are done already\n");
    log.show(
        Samples.study(
            Samples.stage(1, "TRAINED", null),
            Samples.stage(2, "TRAINED", null),
            Samples.stage(3, "TRAINED", null)));
    assertThat(text()).endsWith("seed 3: done\n");
    assertThat(lines()).isEqualTo(2);
  }

  private long lines() {
    return text().lines().count();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
