package io.holdfast.lm.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class PermutationTest {

  @Property(tries = 300)
  void everyElementComesExactlyOnce(
      @ForAll @LongRange(min = 1, max = 5_000) long size, @ForAll long seed, @ForAll long purpose) {
    Permutation permutation = new Permutation(size, seed, purpose);
    assertThat(LongStream.range(0, size).map(permutation::at).sorted().toArray())
        .isEqualTo(LongStream.range(0, size).toArray());
  }

  @Property(tries = 200)
  void staysInsideHugeRangesAndDependsOnSeedAndPurpose(
      @ForAll @LongRange(min = 1L << 40, max = 1L << 62) long size, @ForAll long seed) {
    Permutation permutation = new Permutation(size, seed, 1, 2);
    long[] drawn = LongStream.range(size - 50, size).map(permutation::at).toArray();
    assertThat(drawn).doesNotHaveDuplicates();
    assertThat(LongStream.of(drawn).allMatch(at -> at >= 0 && at < size)).isTrue();
    assertThat(drawn)
        .isEqualTo(
            LongStream.range(size - 50, size).map(new Permutation(size, seed, 1, 2)::at).toArray());
    for (Permutation other :
        new Permutation[] {
          new Permutation(size, seed + 1, 1, 2),
          new Permutation(size, seed, 1, 3),
          new Permutation(size, seed, 2, 2)
        }) {
      assertThat(LongStream.range(size - 50, size).map(other::at).toArray()).isNotEqualTo(drawn);
    }
  }

  /** Each element is equally likely at each position: χ² below its 99.99 % quantile. */
  @Example
  void placesElementsUniformly() {
    int size = 20;
    int seeds = 20_000;
    long[][] counts = new long[size][size];
    for (int seed = 0; seed < seeds; seed++) {
      Permutation permutation = new Permutation(size, seed);
      for (int position = 0; position < size; position++) {
        counts[position][(int) permutation.at(position)]++;
      }
    }
    double expected = (double) seeds / size;
    for (long[] position : counts) {
      double chiSquare = 0;
      for (long count : position) {
        chiSquare += (count - expected) * (count - expected) / expected;
      }
      // χ² with 19 degrees of freedom, 1 − 10⁻⁴.
      assertThat(chiSquare).isLessThan(50.8);
    }
  }

  /** Neighbours are not kept together, as they would be by a weak mixing function. */
  @Example
  void separatesNeighbours() {
    int size = 10_000;
    Permutation permutation = new Permutation(size, 7);
    long kept =
        LongStream.range(0, size - 1)
            .filter(at -> Math.abs(permutation.at(at + 1) - permutation.at(at)) == 1)
            .count();
    // Two of 10,000 are expected by chance.
    assertThat(kept).isLessThan(12);
  }

  @Example
  void refusesAnEmptyRange() {
    assertThatThrownBy(() -> new Permutation(0, 1)).hasMessageContaining("0");
    assertThatThrownBy(() -> new Permutation(3, 1).at(3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
