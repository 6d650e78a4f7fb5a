package io.holdfast.data.registry;

import static java.util.stream.Collectors.groupingBy;

import io.holdfast.contracts.json.Json;
import io.holdfast.data.corpus.PlacedDocument;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.leakage.HeldOutText;
import io.holdfast.data.leakage.Overlap;
import io.holdfast.data.leakage.OverlapScan;
import io.holdfast.data.leakage.Sightings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Knows how much held-out text lies in training text; each pair of corpora is compared once. */
@ApplicationScoped
public class OverlapRegistry {

  /** Raised when the comparison changes, so that what was found before is found anew. */
  private static final int METHOD = 2;

  private final CorpusPasses passes;
  private final SingleFlight<Map<Pair, Overlap>> comparisons = new SingleFlight<>();
  private final SingleFlight<Map<Union, Overlap>> unions = new SingleFlight<>();

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

  /**
   * A test split to look for in several training splits together.
   *
   * @param parts pairs with one test split; never empty
   */
  public record Union(List<Pair> parts) {

    public Union {
      parts = List.copyOf(parts);
      if (parts.stream().map(pair -> pair.heldOut().id()).distinct().count() != 1) {
        throw new IllegalArgumentException("a union is about one test split");
      }
    }

    RegisteredCorpus heldOut() {
      return parts.getFirst().heldOut();
    }

    String id() {
      return Json.sha256(parts.stream().map(Pair::id).distinct().sorted().toList());
    }
  }

  /** What there is of each pair; reads the corpora of those that are not known. */
  public Map<Pair, Overlap> compare(List<Pair> pairs) {
    Map<Pair, Overlap> results = new LinkedHashMap<>();
    Map<RegisteredCorpus, List<Pair>> unknown = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      known(pair.id())
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

  /** What there is in the corpora of each union together, whose pairs were compared before. */
  public Map<Union, Overlap> unite(List<Union> wanted) {
    Map<Union, Overlap> results = new LinkedHashMap<>();
    List<Union> unknown = new ArrayList<>();
    for (Union union : wanted) {
      known(union.id())
          .ifPresentOrElse(overlap -> results.put(union, overlap), () -> unknown.add(union));
    }
    unknown.stream()
        .collect(groupingBy(Union::heldOut))
        .forEach(
            (heldOut, all) ->
                results.putAll(
                    unions.get(
                        Json.sha256(all.stream().map(Union::id).toList()),
                        () -> count(heldOut, all))));
    return results;
  }

  private static Optional<Overlap> known(String id) {
    return QuarkusTransaction.requiringNew()
        .call(() -> CorpusOverlapRow.result(id))
        .map(json -> Json.read(json, Overlap.class));
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
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                scans.forEach(
                    (pair, scan) -> {
                      Sightings seen = scan.sightings();
                      Overlap overlap = seen.in(texts.get(pair.heldOut()));
                      CorpusOverlapRow.insert(pair.id(), Json.write(overlap), seen.toBytes());
                      found.put(pair, overlap);
                    }));
    return found;
  }

  /** Reads the test split alone: what training text holds of it was kept. */
  private Map<Union, Overlap> count(RegisteredCorpus heldOut, List<Union> all) {
    HeldOutText text = heldOut(heldOut);
    Map<Union, Overlap> found = new LinkedHashMap<>();
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              for (Union union : all) {
                Overlap overlap = seen(union).in(text);
                CorpusOverlapRow.insert(union.id(), Json.write(overlap), null);
                found.put(union, overlap);
              }
            });
    return found;
  }

  private static Sightings seen(Union union) {
    List<String> ids = union.parts().stream().map(Pair::id).distinct().toList();
    List<byte[]> kept = CorpusOverlapRow.sightings(ids);
    if (kept.size() != ids.size()) {
      throw new IllegalStateException("the pairs of a union are compared before it");
    }
    return kept.stream().map(Sightings::fromBytes).reduce(Sightings.none(), Sightings::with);
  }

  private HeldOutText heldOut(RegisteredCorpus corpus) {
    HeldOutText.Builder builder = new HeldOutText.Builder();
    over(corpus, Split.TEST, builder::add);
    return builder.build();
  }

  private void over(RegisteredCorpus corpus, Split split, Consumer<PlacedDocument> sink) {
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
