package io.holdfast.benchmarks.scale;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Studies of three stages in depth that are wide at their end, as real ones are: of each seed one
 * pretraining, one post-training and many fine-tunings.
 */
final class ScaleStudy {

  private static final int SEEDS = 10;
  private static final List<String> CORPORA = List.of("prose", "metamath", "factbook");

  private ScaleStudy() {}

  /** Text of the {@code n}th study; no two share a stage. */
  static String text(int n, int stages) {
    int rates = stages / SEEDS - 2;
    if (rates < 1) {
      throw new IllegalArgumentException("a study has at least %d stages".formatted(3 * SEEDS));
    }
    return """
    study: scale-%d
    model: {layers: 4, hidden: 128, heads: 4, context: 128}
    tokenizer: {vocab: 2048, train_on: [prose]}
    corpora:
      prose: {embedded: prose}
      metamath: {embedded: metamath}
      factbook: {embedded: factbook}
    seeds: [%s]
    stages:
      pretrain: {corpus: prose, tokens: 800_000, learning_rate: 2e-3, batch: 8}
      post_train: {corpus: metamath, tokens: 600_000, learning_rate: 3e-3, batch: 8}
      fine_tune: {corpus: factbook, tokens: 100_000, learning_rate: [%s], batch: 8}
    recipes:
      plain: {}
    """
        .formatted(
            n,
            join(IntStream.range(0, SEEDS).mapToObj(i -> Integer.toString(n * SEEDS + i + 1))),
            join(
                IntStream.rangeClosed(1, rates)
                    .mapToObj(i -> String.format(Locale.ROOT, "%.6f", i * 1e-6))));
  }

  /** What data-service would have found: its answer to every inspection. */
  static Inspection inspection() {
    SplitSize train = new SplitSize(4_400, 11_000_000, 2_900_000L, null);
    SplitSize heldOut = new SplitSize(200, 500_000, 120_000L, null);
    Map<String, InspectedCorpus> corpora = new LinkedHashMap<>();
    for (String name : CORPORA) {
      corpora.put(
          name, new InspectedCorpus(Json.sha256(name), 4_800, 12_000_000, train, heldOut, heldOut));
    }
    return new Inspection(Json.sha256("tokenizer"), 2048, corpora, List.of());
  }

  private static String join(Stream<String> values) {
    return values.collect(Collectors.joining(", "));
  }
}
