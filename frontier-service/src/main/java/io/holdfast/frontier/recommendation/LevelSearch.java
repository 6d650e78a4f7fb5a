package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.recommendation.NextRun.NewLevel;
import io.holdfast.frontier.statistics.design.LevelCurve;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Levels of a knob that were not tried: half-way from the leader's to its neighbours, and one step
 * beyond the levels tried where the leader has the last of them. What a level between may bring is
 * read off a parabola through each seed's levels; beyond them nothing is predicted.
 */
final class LevelSearch {

  private static final int LEVELS_OF_A_CURVE = 3;

  /** Smaller gains are not worth a run: a twentieth of what matters. */
  private static final double WORTHWHILE = 0.05;

  private final Knob knob;
  private final Preference preference;
  private final CrossFit leader;
  private final List<CrossFit> line;

  LevelSearch(Knob knob, Field field, Preference preference) {
    this.knob = knob;
    this.preference = preference;
    this.leader = field.fits().getFirst();
    String besides = leader.candidate().besides().get(knob);
    this.line =
        field.fits().stream()
            .filter(fit -> fit.candidate().besides().get(knob).equals(besides))
            .sorted(Comparator.comparingDouble(this::level))
            .toList();
  }

  private double level(CrossFit fit) {
    return fit.candidate().knobs().get(knob);
  }

  List<NewLevel> proposals() {
    double[] levels = line.stream().mapToDouble(this::level).toArray();
    boolean distinct = line.stream().map(this::level).distinct().count() == line.size();
    if (levels.length < 2 || !distinct) {
      return List.of();
    }
    int at = line.indexOf(leader);
    List<NewLevel> proposals = new ArrayList<>();
    inside(levels, at).forEach(proposals::add);
    outside(levels, at).forEach(proposals::add);
    return proposals;
  }

  private Stream<NewLevel> inside(double[] levels, int at) {
    List<Double> halves = new ArrayList<>();
    if (at > 0) {
      halves.add((levels[at - 1] + levels[at]) / 2);
    }
    if (at < levels.length - 1) {
      halves.add((levels[at] + levels[at + 1]) / 2);
    }
    LevelCurve curve = curve(levels);
    return halves.stream()
        .map(this::whole)
        .filter(level -> line.stream().noneMatch(fit -> level(fit) == level))
        .map(level -> inside(level, curve))
        .filter(run -> run.gain() == null || run.gain() > WORTHWHILE * preference.marginNats())
        .limit(curve == null ? 1 : halves.size());
  }

  /** Null with too few levels for a curve, or too few seeds for its uncertainty. */
  private LevelCurve curve(double[] levels) {
    return levels.length < LEVELS_OF_A_CURVE
            || leader.seeds().length < PosteriorMeans.SEEDS_FOR_EXPECTATIONS
        ? null
        : new LevelCurve(levels, line.stream().map(CrossFit::loss).toArray(double[][]::new));
  }

  private NewLevel inside(double level, LevelCurve curve) {
    return new NewLevel(
        knob,
        level,
        leader.candidate().name(),
        leader.candidate().recipe(),
        curve == null ? null : curve.at(level),
        false,
        price(),
        curve == null ? null : curve.expectedImprovement(level, leader.loss()),
        curve == null
            ? "It lies between the best level and the next; a third level would show the curve's shape."
            : "The curve through the levels tried has %s nats there, against %s."
                .formatted(Words.nats(curve.at(level)), Words.nats(leader.mean())),
        null);
  }

  private Stream<NewLevel> outside(double[] levels, int at) {
    Levels tried = Levels.of(knob, line);
    if (!tried.isOpenEnd(levels[at])) {
      return Stream.empty();
    }
    double beyond =
        at == 0
            ? Math.max(0, 2 * levels[0] - levels[1])
            : Math.min(tried.natural(), 2 * levels[at] - levels[at - 1]);
    return Stream.of(
        new NewLevel(
            knob,
            whole(beyond),
            leader.candidate().name(),
            leader.candidate().recipe(),
            null,
            true,
            price(),
            null,
            "The best level is the %s that was tried; what lies beyond is not known."
                .formatted(at == 0 ? "lowest" : "highest"),
            null));
  }

  private Price price() {
    return leader.candidate().seed().times(leader.seeds().length);
  }

  /** Ranks are whole; other levels have three digits at most. */
  private double whole(double level) {
    return knob == Knob.LORA
        ? Math.round(level)
        : new java.math.BigDecimal(level).round(new java.math.MathContext(3)).doubleValue();
  }
}
