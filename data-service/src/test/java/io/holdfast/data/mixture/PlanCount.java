package io.holdfast.data.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import java.util.ArrayList;
import java.util.List;

/** Counts what a plan trains on, by walking its phases window by window. */
final class PlanCount {

  private final MixturePlan plan;

  PlanCount(MixturePlan plan) {
    this.plan = plan;
  }

  /** Targets of one role and corpus; fails unless each stream comes in whole passes, in order. */
  long tokens(Role role, String corpus) {
    long tokens = 0;
    for (int s = 0; s < plan.streams().size(); s++) {
      TokenStream stream = plan.streams().get(s);
      if (stream.role() == role && stream.corpus().equals(corpus)) {
        tokens += passes(s) * stream.tokens();
      }
    }
    return tokens;
  }

  long tokens() {
    long tokens = 0;
    for (int s = 0; s < plan.streams().size(); s++) {
      tokens += passes(s) * plan.streams().get(s).tokens();
    }
    return tokens;
  }

  private long passes(int stream) {
    long next = 0;
    for (Slice slice : slices(stream)) {
      assertThat(slice.firstWindow()).as("windows follow each other").isEqualTo(next);
      next += slice.windows();
    }
    long windows = plan.streams().get(stream).windows(plan.sequenceLength());
    assertThat(next % windows).as("passes are whole").isZero();
    return next / windows;
  }

  private List<Slice> slices(int stream) {
    return plan.phases().stream()
        .flatMap(phase -> phase.slices().stream())
        .filter(slice -> slice.stream() == stream)
        .toList();
  }

  /** Sequences of a phase that come from one role. */
  long sequences(Role role, Phase phase) {
    return phase.slices().stream()
        .filter(slice -> stream(slice).role() == role)
        .mapToLong(Slice::windows)
        .sum();
  }

  /** Sequences of a phase that come from one role and corpus. */
  long sequences(Role role, String corpus, Phase phase) {
    return phase.slices().stream()
        .filter(slice -> stream(slice).role() == role && stream(slice).corpus().equals(corpus))
        .mapToLong(Slice::windows)
        .sum();
  }

  private TokenStream stream(Slice slice) {
    return plan.streams().get(slice.stream());
  }

  /** First position of each phase, and the end. */
  List<Long> phaseStarts() {
    List<Long> starts = new ArrayList<>(List.of(0L));
    for (Phase phase : plan.phases()) {
      starts.add(starts.getLast() + phase.sequences());
    }
    return starts;
  }
}
