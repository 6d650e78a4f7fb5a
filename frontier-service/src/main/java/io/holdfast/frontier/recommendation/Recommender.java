package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.recommendation.Recommendation.Outcome;
import io.holdfast.frontier.recommendation.Standing.Place;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.verdict.StudyTrials;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Compares every candidate with the one that has the lowest mean, over paired seeds. The leader is
 * recommended when each rival is worse, by Student's one-sided t test at 0.05 divided by the number
 * of candidates: taking something else than the best for the best then has a chance of at most 5 %,
 * whichever leads and whatever the correlations, as one would have to beat the true best (multiple
 * comparisons with the best; Hsu, Multiple Comparisons, 1996, §4). Rivals that are not worse but
 * within the margin, by two one-sided tests at the same level, are as good, and the cheapest is
 * taken.
 */
public final class Recommender {

  private final Preference preference;
  private final Resampling resampling;
  private final List<Knob> varied;
  private final List<Candidate> candidates;
  private final Field field;
  private final List<Long> pending;

  private Recommender(StudyTrials study, Preference preference, Prices prices) {
    this.preference = preference;
    this.resampling = study.resampling();
    this.candidates = Candidates.of(study, preference, prices);
    this.varied =
        Stream.of(Knob.values())
            .filter(k -> candidates.stream().map(c -> c.knobs().get(k)).distinct().count() > 1)
            .toList();
    this.field = Field.of(candidates, preference);
    this.pending =
        study.points().stream()
            .map(LineagePoint::seed)
            .distinct()
            .filter(seed -> LongStream.of(field.seeds()).noneMatch(s -> s == seed))
            .sorted()
            .toList();
  }

  /** What a study says to somebody who wants this. */
  public static Recommendation of(StudyTrials study, Preference preference, Prices prices) {
    return new Recommender(study, preference, prices).recommendation();
  }

  private Recommendation recommendation() {
    Map<CrossFit, Rival> rivals = rivals();
    PosteriorMeans means =
        field.fits().isEmpty() || field.seeds().length < 2
            ? null
            : PosteriorMeans.of(field.fits(), resampling);
    List<Standing> standings = standings(rivals, means);
    Outcome outcome = outcome(rivals);
    String choice = outcome == Outcome.NOT_ENOUGH_DATA ? null : choice(rivals);
    Wording wording = new Wording(preference, field, rivals, standings);
    return new Recommendation(
        preference,
        outcome,
        choice,
        field.fits().isEmpty() ? null : field.fits().getFirst().candidate().name(),
        wording.answer(outcome, choice),
        field.seeds().length,
        standings,
        field.optimism(preference),
        outcome == Outcome.NOT_ENOUGH_DATA
            ? Shortfall.of(preference, candidates, field, rivals)
            : List.of(),
        wording.cautions(choice, pending),
        new NextRuns(preference, field, rivals, means, pending.isEmpty()).proposals(varied));
  }

  private Map<CrossFit, Rival> rivals() {
    Map<CrossFit, Rival> rivals = new LinkedHashMap<>();
    List<CrossFit> others = field.fits().stream().skip(1).toList();
    for (CrossFit other : others) {
      rivals.put(
          other,
          Rival.of(other, field.fits().getFirst(), preference.marginNats(), field.fits().size()));
    }
    return rivals;
  }

  private static Outcome outcome(Map<CrossFit, Rival> rivals) {
    if (rivals.isEmpty()) {
      return Outcome.NOT_ENOUGH_DATA;
    }
    if (rivals.values().stream().allMatch(Rival::isWorse)) {
      return Outcome.BEST;
    }
    return rivals.values().stream().allMatch(rival -> rival.isWorse() || rival.isEqual())
        ? Outcome.GOOD_AS_ANY
        : Outcome.NOT_ENOUGH_DATA;
  }

  /**
   * The leader, or the cheapest of those that are as good; the leader again where it costs no more.
   */
  private String choice(Map<CrossFit, Rival> rivals) {
    Stream<Candidate> asGood =
        rivals.entrySet().stream()
            .filter(rival -> !rival.getValue().isWorse())
            .map(rival -> rival.getKey().candidate());
    return Stream.concat(Stream.of(field.fits().getFirst().candidate()), asGood)
        .min(Comparator.comparingDouble(candidate -> candidate.upstream().flops()))
        .orElseThrow()
        .name();
  }

  private List<Standing> standings(Map<CrossFit, Rival> rivals, PosteriorMeans means) {
    List<Standing> standings = new ArrayList<>();
    double[] best = means == null ? null : means.best();
    for (int i = 0; i < field.fits().size(); i++) {
      CrossFit fit = field.fits().get(i);
      standings.add(
          compared(
              fit,
              place(rivals.get(fit)),
              rivals.get(fit),
              best == null ? null : best[i],
              means == null ? null : means.regret(i)));
    }
    field
        .beyondLimit()
        .forEach(fit -> standings.add(compared(fit, Place.OVER_LIMIT, null, null, null)));
    field
        .aside()
        .forEach(
            (candidate, why) -> standings.add(Standing.aside(candidate, knobs(candidate), why)));
    return standings;
  }

  private static Place place(Rival rival) {
    if (rival == null) {
      return Place.LEADER;
    }
    return rival.isWorse() ? Place.WORSE : rival.isEqual() ? Place.EQUAL : Place.OPEN;
  }

  private Standing compared(
      CrossFit fit, Place place, Rival rival, Double probability, Double regret) {
    Map<Metric, Expected> losses = new EnumMap<>(Metric.class);
    fit.losses().forEach((m, bySeed) -> losses.put(m, Expected.of(bySeed, fit.widening())));
    return new Standing(
        fit.candidate().name(),
        fit.candidate().recipe(),
        knobs(fit.candidate()),
        place,
        fit.setting(),
        Expected.of(fit.loss(), fit.widening()),
        losses,
        fit.candidate().upstream(),
        rival == null ? null : rival.behind(),
        rival == null ? null : rival.worseP(),
        probability,
        regret);
  }

  private Map<Knob, Double> knobs(Candidate candidate) {
    return varied.stream().collect(Collectors.toMap(k -> k, k -> candidate.knobs().get(k)));
  }
}
