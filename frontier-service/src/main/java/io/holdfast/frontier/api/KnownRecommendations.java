package io.holdfast.frontier.api;

import io.holdfast.frontier.recommendation.NextRun;
import io.holdfast.frontier.recommendation.NextStudy;
import io.holdfast.frontier.recommendation.Preference;
import io.holdfast.frontier.recommendation.Recommendation;
import io.holdfast.frontier.recommendation.Recommender;
import io.holdfast.frontier.snapshot.PerRevision;
import io.holdfast.frontier.snapshot.StudyPrices;
import io.holdfast.frontier.snapshot.StudySnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recommendations, which take seconds for a large study: once for each revision and wish, whoever
 * asks for it. Of each study only the last few wishes are kept.
 */
@ApplicationScoped
class KnownRecommendations {

  private static final int WISHES = 16;

  private final PerRevision<Map<Preference, Recommendation>> known =
      new PerRevision<>(study -> Collections.synchronizedMap(new LastWishes()));

  Recommendation of(StudySnapshot study, Preference preference) {
    return known.of(study).computeIfAbsent(preference, wish -> compute(study, wish));
  }

  private static Recommendation compute(StudySnapshot study, Preference preference) {
    Recommendation found = Recommender.of(study.trials(), preference, StudyPrices.of(study));
    return found.with(
        found.next().stream().map((NextRun run) -> NextStudy.of(study.source(), run)).toList());
  }

  private static final class LastWishes extends LinkedHashMap<Preference, Recommendation> {
    LastWishes() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Preference, Recommendation> eldest) {
      return size() > WISHES;
    }
  }
}
