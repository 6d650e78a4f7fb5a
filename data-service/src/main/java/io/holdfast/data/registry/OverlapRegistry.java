package io.holdfast.data.registry;

import io.holdfast.contracts.json.Json;
import io.holdfast.data.corpus.PlacedDocument;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.leakage.HeldOutText;
import io.holdfast.data.leakage.OverlapScan;
import io.holdfast.data.leakage.OverlapScan.Overlap;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows how much held-out text lies in training text; each pair of corpora is compared once. */
@ApplicationScoped
public class OverlapRegistry {

  /** Raised when the comparison changes, so that what was found before is found anew. */
  private static final int METHOD = 1;

  private final CorpusPasses passes;
  private final SingleFlight<Map<Pair, Overlap>> comparisons = new SingleFlight<>();

  @Inject
  OverlapRegistry(CorpusPasses passes) {
    this.passes = passes;
  }

  /**
   * A test split to look for, and where.
   *
   * @param part the first share of the training split's documents
   */
  public record Pair(RegisteredCorpus heldOut, RegisteredCorpus trained, double part) {

    String id() {
      return Json.sha256(List.of(METHOD, heldOut.id(), trained.id(), part));
    }
  }

  /** What there is of each pair; reads the corpora of those that are not known. */
  public Map<Pair, Overlap> compare(List<Pair> pairs) {
    Map<Pair, Overlap> results = new LinkedHashMap<>();
    Map<RegisteredCorpus, List<Pair>> unknown = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      known(pair)
          .ifPresentOrElse(
              overlap -> results.put(pair, overlap),
              () ->
                  unknown.computeIfAbsent(pair.trained(), trained -> new ArrayList<>()).add(pair));
    }
    Map<RegisteredCorpus, HeldOutText> texts = new HashMap<>();
    unknown.forEach(
        (trained, wanted) ->
            results.putAll(
                comparisons.get(
                    Json.sha256(wanted.stream().map(Pair::id).toList()),
                    () -> read(trained, wanted, texts))));
    return results;
  }

  private static Optional<Overlap> known(Pair pair) {
    return QuarkusTransaction.requiringNew()
        .call(() -> CorpusOverlapRow.<CorpusOverlapRow>findByIdOptional(pair.id()))
        .map(row -> Json.read(row.resultJson, Overlap.class));
  }

  /** One pass over the training text for all that is looked for in it. */
  private Map<Pair, Overlap> read(
      RegisteredCorpus trained, List<Pair> pairs, Map<RegisteredCorpus, HeldOutText> texts) {
    Map<Pair, OverlapScan> scans = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      HeldOutText text = texts.computeIfAbsent(pair.heldOut(), this::heldOut);
      scans.put(pair, new OverlapScan(text, pair.part()));
    }
    List<OverlapScan> all = List.copyOf(scans.values());
    over(trained, Split.TRAIN, document -> OverlapScan.add(document, all));
    Map<Pair, Overlap> found = new LinkedHashMap<>();
    scans.forEach((pair, scan) -> found.put(pair, scan.overlap()));
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                found.forEach(
                    (pair, overlap) -> CorpusOverlapRow.insert(pair.id(), Json.write(overlap))));
    return found;
  }

  private HeldOutText heldOut(RegisteredCorpus corpus) {
    HeldOutText.Builder builder = new HeldOutText.Builder();
    over(corpus, Split.TEST, builder::add);
    return builder.build();
  }

  private void over(
      RegisteredCorpus corpus, Split split, java.util.function.Consumer<PlacedDocument> sink) {
    passes.over(
        corpus.source(),
        corpus.definition(),
        document -> {
          if (document.split() == split) {
            sink.accept(document);
          }
        });
  }
}
