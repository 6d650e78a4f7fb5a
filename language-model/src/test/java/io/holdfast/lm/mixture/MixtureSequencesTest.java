package io.holdfast.lm.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MixtureSequencesTest {

  @Property(tries = 150)
  void everyTokenIsATargetExactlyOnceAPass(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int length,
      @ForAll @IntRange(min = 1, max = 3) int streams) {
    try (MixtureFixture fixture = MixtureFixture.random(seed, length, streams);
        MixtureSequences sequences = new MixtureSequences(fixture.plan, fixture.artifacts)) {
      Map<Long, Integer> counts = new HashMap<>();
      for (long[] target : targets(sequences)) {
        Arrays.stream(target)
            .filter(token -> token != MixtureSequences.MASKED)
            .forEach(token -> counts.merge(token, 1, Integer::sum));
      }
      Map<Long, Integer> expected = new HashMap<>();
      for (int s = 0; s < streams; s++) {
        for (long t = 0; t < fixture.plan.streams().get(s).tokens(); t++) {
          expected.put((long) MixtureFixture.token(s, t), fixture.passes.get(s));
        }
      }
      assertThat(counts).isEqualTo(expected);
    }
  }

  @Property(tries = 150)
  void eachTargetsContextIsTheTextBeforeIt(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int length) {
    try (MixtureFixture fixture = MixtureFixture.random(seed, length, 2);
        MixtureSequences sequences = new MixtureSequences(fixture.plan, fixture.artifacts)) {
      long[] inputs = new long[length];
      long[] targets = new long[length];
      for (long i = 0; i < sequences.sequences(); i++) {
        MixtureSequences.Source source = sequences.read(i, inputs, targets);
        long first = MixtureFixture.token(source.stream(), 0);
        int predicted = 0;
        for (int t = 0; t < length; t++) {
          if (targets[t] != MixtureSequences.MASKED) {
            long before = targets[t] == first ? MixtureFixture.END_OF_TEXT : targets[t] - 1;
            assertThat(inputs[t]).isEqualTo(before);
            predicted++;
          }
        }
        assertThat(predicted).isEqualTo(source.targets());
      }
    }
  }

  @Property(tries = 50)
  void aSequenceDependsOnThePlanAndItsNumberAlone(@ForAll long seed) {
    try (MixtureFixture fixture = MixtureFixture.random(seed, 5, 3);
        MixtureSequences inOrder = new MixtureSequences(fixture.plan, fixture.artifacts);
        MixtureSequences another = new MixtureSequences(fixture.plan, fixture.artifacts)) {
      List<long[]> expected = targets(inOrder);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < expected.size(); i++) {
        order.add(i);
      }
      Collections.shuffle(order, new Random(seed));
      long[] inputs = new long[5];
      long[] targets = new long[5];
      for (int i : order) {
        another.read(i, inputs, targets);
        assertThat(targets).isEqualTo(expected.get(i));
      }
    }
  }

  /** The reference walks phases, slices and windows with tables, where the real one computes. */
  @Property(tries = 100)
  void aPhaseHoldsExactlyItsSlicesWindows(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int length) {
    try (MixtureFixture fixture = MixtureFixture.random(seed, length, 3);
        MixtureSequences sequences = new MixtureSequences(fixture.plan, fixture.artifacts)) {
      long next = 0;
      for (Phase phase : fixture.plan.phases()) {
        List<String> expected = new ArrayList<>();
        for (Slice slice : phase.slices()) {
          long windows = fixture.plan.streams().get(slice.stream()).windows(length);
          for (long r = slice.firstWindow(); r < slice.firstWindow() + slice.windows(); r++) {
            expected.add(slice.stream() + " in pass " + r / windows);
          }
        }
        List<String> found = new ArrayList<>();
        for (long end = next + phase.sequences(); next < end; next++) {
          MixtureSequences.Source source = sequences.source(next);
          found.add(source.stream() + " in pass " + source.pass());
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
      }
      assertThat(next).isEqualTo(sequences.sequences());
    }
  }

  @Property(tries = 50)
  void aSmallerExposureIsASubsetOfALargerOne(@ForAll long seed) {
    try (MixtureFixture fixture = MixtureFixture.random(seed, 4, 1)) {
      TokenStream whole = fixture.plan.streams().getFirst();
      Set<Long> smaller = new TreeSet<>();
      for (long documents = 1; documents <= whole.documents(); documents++) {
        Set<Long> larger = tokensOfFirst(fixture, whole, documents);
        assertThat(larger).containsAll(smaller).hasSizeGreaterThan(smaller.size());
        smaller = larger;
      }
    }
  }

  private static Set<Long> tokensOfFirst(
      MixtureFixture fixture, TokenStream whole, long documents) {
    long tokens;
    try (var shard =
        io.holdfast.lm.shard.TokenShard.open(fixture.artifacts.resolve(whole.shard()))) {
      tokens = shard.tokensInFirst(documents);
    }
    TokenStream part =
        new TokenStream(whole.corpus(), Role.EXPOSURE, whole.shard(), documents, tokens);
    MixturePlan plan =
        new MixturePlan(
            4,
            fixture.plan.seed(),
            MixtureFixture.END_OF_TEXT,
            List.of(part),
            List.of(new Phase(List.of(new Slice(0, 0, part.windows(4))))));
    Set<Long> found = new TreeSet<>();
    try (MixtureSequences sequences = new MixtureSequences(plan, fixture.artifacts)) {
      for (long[] target : targets(sequences)) {
        Arrays.stream(target).filter(t -> t != MixtureSequences.MASKED).forEach(found::add);
      }
    }
    return found;
  }

  @Example
  void passesAreShuffledAnew() {
    try (MixtureFixture fixture = MixtureFixture.random(3, 1, 1)) {
      TokenStream stream = fixture.plan.streams().getFirst();
      long windows = stream.windows(1);
      MixturePlan plan =
          new MixturePlan(
              1,
              9,
              MixtureFixture.END_OF_TEXT,
              List.of(stream),
              List.of(
                  new Phase(List.of(new Slice(0, 0, windows))),
                  new Phase(List.of(new Slice(0, windows, windows)))));
      try (MixtureSequences sequences = new MixtureSequences(plan, fixture.artifacts)) {
        List<Long> order = new ArrayList<>();
        for (long i = 0; i < 2 * windows; i++) {
          order.add(sequences.source(i).window());
        }
        assertThat(order.subList(0, (int) windows))
            .isNotEqualTo(order.subList((int) windows, order.size()));
      }
    }
  }

  @Example
  void aShardOtherThanThePlansIsRefused() {
    try (MixtureFixture fixture = MixtureFixture.random(4, 8, 1)) {
      TokenStream stream = fixture.plan.streams().getFirst();
      for (TokenStream wrong :
          List.of(
              new TokenStream("c", Role.BASE, stream.shard(), 1_000, stream.tokens()),
              new TokenStream(
                  "c", Role.BASE, stream.shard(), stream.documents(), stream.tokens() + 1),
              new TokenStream("c", Role.BASE, "absent", 1, 1))) {
        MixturePlan plan =
            new MixturePlan(8, 1, MixtureFixture.END_OF_TEXT, List.of(wrong), List.of());
        assertThatThrownBy(() -> new MixtureSequences(plan, fixture.artifacts).close())
            .isInstanceOf(UnusableArtifactException.class)
            .hasMessageContaining(wrong.shard());
      }
    }
  }

  private static List<long[]> targets(MixtureSequences sequences) {
    List<long[]> all = new ArrayList<>();
    for (long i = 0; i < sequences.sequences(); i++) {
      long[] targets = new long[sequences.sequenceLength()];
      sequences.read(i, new long[sequences.sequenceLength()], targets);
      all.add(targets);
    }
    return all;
  }
}
