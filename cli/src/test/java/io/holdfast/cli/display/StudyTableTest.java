package io.holdfast.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.client.StudyView;
import io.holdfast.cli.client.StudyView.Failure;
import io.holdfast.cli.client.StudyView.Stage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyTableTest {

  @Test
  void stageInTrainingShowsTokensSpeedAndLoss() {
    List<String> lines = plain(Samples.study(Samples.stage(4, "TRAINING", null)), 100, 30);
    assertThat(lines.get(0)).contains("quickstart", "1 of 1 stages trained", "3 of 9 evaluations");
    assertThat(lines.get(1))
        .contains("34 %", "1.01M of 3.00M tokens", "9,812 tokens/s", "3 min 10 s left");
    assertThat(lines.getLast())
        .contains(
            "fine-tune exposed learning rate=0.001 seed 4",
            "training",
            "212k/900k",
            "4,903",
            "4.221");
  }

  @Test
  void failureSaysWhy() {
    Failure failure = new Failure("STORAGE", "No space left on the disk.", "Free some.");
    assertThat(plain(Samples.study(Samples.stage(1, "FAILED", failure)), 100, 30).getLast())
        .contains("No space left on the disk.");
  }

  @ParameterizedTest
  @CsvSource({"80, 24", "120, 60", "40, 10", "20, 5"})
  void tableFitsTheTerminal(int width, int height) {
    Stage[] stages =
        IntStream.range(0, 70)
            .mapToObj(
                n -> Samples.stage(n, n == 50 ? "TRAINING" : n < 50 ? "TRAINED" : "WAITING", null))
            .toArray(Stage[]::new);
    List<String> lines = plain(Samples.study(stages), width, height);
    assertThat(lines)
        .hasSizeLessThanOrEqualTo(Math.max(height, 6))
        .allMatch(line -> line.length() <= width);
    assertThat(lines).as("what is trained now is shown").anyMatch(line -> line.startsWith("▸"));
  }

  private static List<String> plain(StudyView study, int width, int height) {
    return StudyTable.lines(study, width, height).stream()
        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
        .toList();
  }
}
