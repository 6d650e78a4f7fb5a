package io.holdfast.data.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.data.corpus.OrderKey;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BucketsTest {

  @Property
  void followsTheOrderOfDocuments(
      @ForAll @IntRange(min = 1, max = 512) int count, @ForAll long one, @ForAll long other) {
    Buckets buckets = new Buckets(count);
    OrderKey first = new OrderKey(one, 0);
    OrderKey second = new OrderKey(other, 0);
    int lower = buckets.of(first.compareTo(second) <= 0 ? first : second);
    int upper = buckets.of(first.compareTo(second) <= 0 ? second : first);
    assertThat(lower).isBetween(0, upper);
    assertThat(upper).isBetween(lower, count - 1);
  }

  @Example
  void growsWithTheCorpusUpToALimit() {
    assertThat(Buckets.forBytes(0, 100).count()).isEqualTo(1);
    assertThat(Buckets.forBytes(100, 100).count()).isEqualTo(1);
    assertThat(Buckets.forBytes(101, 100).count()).isEqualTo(2);
    assertThat(Buckets.forBytes(Long.MAX_VALUE, 100).count()).isEqualTo(512);
  }
}
