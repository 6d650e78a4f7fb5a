package io.holdfast.frontier.study;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StudyPlan.Account;
import io.holdfast.contracts.study.SweptSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A study's ledger: what the points of each recipe train on and cost. */
public final class Accounts {

  private Accounts() {}

  /**
   * What one stage trains.
   *
   * @param tokens by the study's corpus names
   * @param flops of training
   */
  public record Entry(StageKind kind, Map<String, Long> tokens, double flops, boolean exact) {}

  private record Content(Map<String, Long> tokens, Map<StageKind, Double> flops, boolean exact) {}

  /**
   * The ledger, in the order of the lineages.
   *
   * @param entry of a stage id
   * @param pass tokens of one pass over the part of a corpus that the study uses
   */
  public static List<Account> of(
      List<Lineage> lineages, Function<String, Entry> entry, ToLongFunction<String> pass) {
    Map<String, Map<Content, List<Lineage>>> recipes = new LinkedHashMap<>();
    for (Lineage lineage : lineages) {
      recipes
          .computeIfAbsent(lineage.recipe(), recipe -> new LinkedHashMap<>())
          .computeIfAbsent(content(lineage, entry), content -> new ArrayList<>())
          .add(lineage);
    }
    List<Account> accounts = new ArrayList<>();
    recipes.forEach(
        (recipe, contents) ->
            contents.forEach(
                (content, points) ->
                    accounts.add(
                        new Account(
                            recipe,
                            contents.size() == 1 ? "" : common(points),
                            points.size(),
                            content.tokens(),
                            epochs(content.tokens(), pass),
                            content.flops(),
                            content.exact()))));
    return accounts;
  }

  private static Content content(Lineage lineage, Function<String, Entry> entry) {
    Map<String, Long> tokens = new TreeMap<>();
    Map<StageKind, Double> flops = new TreeMap<>();
    boolean exact = true;
    for (String stage : lineage.stages()) {
      Entry one = entry.apply(stage);
      one.tokens().forEach((corpus, n) -> tokens.merge(corpus, n, Long::sum));
      flops.merge(one.kind(), one.flops(), Double::sum);
      exact &= one.exact();
    }
    return new Content(tokens, flops, exact);
  }

  private static Map<String, Double> epochs(Map<String, Long> tokens, ToLongFunction<String> pass) {
    Map<String, Double> epochs = new TreeMap<>();
    tokens.forEach(
        (corpus, trained) ->
            epochs.put(corpus, (double) trained / Math.max(1, pass.applyAsLong(corpus))));
    return epochs;
  }

  private static String common(List<Lineage> points) {
    return points.stream()
        .map(Lineage::settings)
        .reduce(SweptSettings::sharedWith)
        .orElse(SweptSettings.NONE)
        .toString();
  }
}
