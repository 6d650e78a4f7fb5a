package io.holdfast.frontier.study;

import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.study.StageSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a stage trains on before any early stop, in tokens by the study's corpus names. Follows the
 * rules of data-service's mixture planner; cut corpora are taken at their limit, which the last
 * document may exceed a little.
 *
 * @param base the stage's own corpora
 * @param exposed post-training data seen early
 * @param replayed earlier corpora seen again
 * @param exact whether no corpus's size had to be estimated
 */
public record StageTokens(
    Map<String, Long> base, Map<String, Long> exposed, Map<String, Long> replayed, boolean exact) {

  public StageTokens {
    base = ordered(base);
    exposed = ordered(exposed);
    replayed = ordered(replayed);
  }

  static StageTokens of(StageSettings stage, CorpusCatalog catalog) {
    boolean exact = true;
    Map<String, Long> exposed = new LinkedHashMap<>();
    if (stage.exposure() != null) {
      for (String corpus : stage.exposure().corpora()) {
        TokenCount part = catalog.trainTokens(corpus);
        exposed.put(corpus, Math.round(stage.exposure().fraction() * part.tokens()));
        exact &= part.exact();
      }
    }
    TokenCount budget = budget(stage, catalog);
    long exposedTokens = sum(exposed);
    boolean replaces = stage.exposure() != null && stage.exposure().mode() == ExposureMode.REPLACE;
    long base = Math.max(0, budget.tokens() - (replaces ? exposedTokens : 0));
    return new StageTokens(
        shares(base, stage.corpora()),
        exposed,
        stage.replay() == null
            ? Map.of()
            : shares(
                replayed(base + exposedTokens, stage.replay().fraction()),
                stage.replay().corpora()),
        exact && budget.exact());
  }

  /** Tokens of one pass over the base corpora. */
  static TokenCount onePass(StageSettings stage, CorpusCatalog catalog) {
    long tokens = 0;
    boolean exact = true;
    for (String corpus : stage.corpora().keySet()) {
      TokenCount part = catalog.trainTokens(corpus, stage.withoutFirst());
      tokens += part.tokens();
      exact &= part.exact();
    }
    return new TokenCount(tokens, exact);
  }

  /** All tokens of the stage. */
  public long total() {
    return sum(base) + sum(exposed) + sum(replayed);
  }

  /** All tokens by corpus, whatever their role. */
  public Map<String, Long> byCorpus() {
    Map<String, Long> all = new TreeMap<>();
    Stream.of(base, exposed, replayed)
        .forEach(part -> part.forEach((corpus, tokens) -> all.merge(corpus, tokens, Long::sum)));
    return all;
  }

  private static TokenCount budget(StageSettings stage, CorpusCatalog catalog) {
    if (stage.budget().tokens() != null) {
      return new TokenCount(stage.budget().tokens(), true);
    }
    TokenCount pass = onePass(stage, catalog);
    return new TokenCount(Math.round(pass.tokens() * stage.budget().epochs()), pass.exact());
  }

  /** R with R = ρ · (rest + R). */
  private static long replayed(long rest, double fraction) {
    return Math.round(rest / (1 - fraction)) - rest;
  }

  private static Map<String, Long> shares(long tokens, Map<String, Double> weights) {
    Map<String, Long> shares = new LinkedHashMap<>();
    weights.forEach((corpus, weight) -> shares.put(corpus, Math.round(tokens * weight)));
    return shares;
  }

  static long sum(Map<String, Long> tokens) {
    return tokens.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> ordered(Map<String, Long> tokens) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
  }
}
