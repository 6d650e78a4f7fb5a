package io.holdfast.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

class AxisTest {

  @Property
  void holdsAllValuesAndHasAFewDistinctTicks(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
      @ForAll @Scale(6) @DoubleRange(min = 1e-6, max = 1e6) double span) {
    Axis axis = Axis.over(DoubleStream.of(a, a + span), 8);
    assertThat(axis.share(a)).isBetween(0.0, 1.0);
    assertThat(axis.share(a + span)).isBetween(0.0, 1.0);
    assertThat(axis.ticks()).hasSizeBetween(3, 9);
    List<String> labels = axis.ticks().stream().map(axis::label).toList();
    assertThat(labels).doesNotHaveDuplicates();
  }

  @Example
  void stepsAreRoundAndLabelsHaveTheirDecimals() {
    Axis axis = Axis.over(DoubleStream.of(2.45, 4.81), 8);
    assertThat(axis.step()).isEqualTo(0.5);
    assertThat(Axis.over(DoubleStream.of(3.5, 4.95), 8).label(3.75)).isEqualTo("3.75");
    assertThat(axis.ticks().stream().map(axis::label))
        .containsExactly("2.5", "3.0", "3.5", "4.0", "4.5");
  }

  @Example
  void oneValueAndNoneStillMakeAnAxis() {
    assertThat(Axis.over(DoubleStream.of(3), 8).share(3)).isEqualTo(0.5);
    assertThat(Axis.over(DoubleStream.empty(), 8).ticks()).isNotEmpty();
  }
}
