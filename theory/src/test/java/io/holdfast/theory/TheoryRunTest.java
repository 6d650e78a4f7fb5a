package io.holdfast.theory;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.figure.Figure;
import io.holdfast.theory.LinearNetwork.Start;
import io.holdfast.theory.Settings.Durations;
import java.util.List;
import net.jqwik.api.Example;

/** What {@code holdfast theory} computes, draws and writes. */
class TheoryRunTest {

  private static final TheoryRun RUN = TheoryRun.of(Settings.standard());

  @Example
  void everyStatementOfTheTheoryIsSeenWithTheStandardSettings() {
    assertThat(Finding.of(RUN)).hasSize(5).allMatch(Finding::holds);
  }

  /** Post-training that is cut short does not end where the theory says, and the run says so. */
  @Example
  void aStatementThatIsNotSeenIsReportedAsSuch() {
    Settings hurried =
        new Settings(
            5, 1, 0.25, 0.45, 1, 0.1, 0.1, 0.02, 6, Start.ALIGNED, new Durations(50, 0.1, 6), 1);
    List<Finding> findings = Finding.of(TheoryRun.of(hurried));
    assertThat(findings)
        .filteredOn(f -> !f.holds())
        .singleElement()
        .satisfies(f -> assertThat(f.statement()).contains("Penalized post-training"));
    assertThat(TheoryPage.of(TheoryRun.of(hurried))).contains("Not seen with these settings");
  }

  @Example
  void learningFiguresHaveACurvePerKindAndTheClosedFormOnIt() {
    Figure figure = TheoryFigures.LEARNING_EXPOSED.of(RUN);
    assertThat(figure.series())
        .extracting(Figure.Series::name)
        .containsExactly(
            "invariant of 4.14", "invariant of 2.76", "inconsistent", "specialized", "closed form");
    List<double[]> specialized = figure.series().get(3).lines().getFirst().points();
    assertThat(specialized.getLast()[1]).isBetween(0.449, 0.4501);
    List<double[]> never =
        TheoryFigures.LEARNING_UNEXPOSED.of(RUN).series().get(3).lines().getFirst().points();
    assertThat(never).allMatch(point -> point[1] < 1e-5);
  }

  @Example
  void everyBoundOfTheTableIsBelowWhatWasForgotten() {
    List<String> rows = TheoryTables.of(RUN).get("bound.csv").lines().skip(1).toList();
    assertThat(rows).hasSize(40);
    for (String row : rows) {
      String[] cells = row.split(",");
      assertThat(Double.parseDouble(cells[5])).isLessThan(Double.parseDouble(cells[4]));
    }
  }
}
