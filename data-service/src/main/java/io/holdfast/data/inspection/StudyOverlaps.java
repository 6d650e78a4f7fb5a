package io.holdfast.data.inspection;

import io.holdfast.contracts.corpus.CorpusOverlap;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.OverlapRequest;
import io.holdfast.contracts.corpus.UnionOverlap;
import io.holdfast.contracts.corpus.UnionOverlapRequest;
import io.holdfast.data.leakage.Overlap;
import io.holdfast.data.registry.OverlapRegistry;
import io.holdfast.data.registry.OverlapRegistry.Pair;
import io.holdfast.data.registry.OverlapRegistry.Union;
import io.holdfast.data.registry.RegisteredCorpus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a study asked about its held-out text, for the corpora that have no problems.
 *
 * @param pairs in one corpus's training text
 * @param unions in several corpora's training text together
 */
record StudyOverlaps(List<CorpusOverlap> pairs, List<UnionOverlap> unions) {

  /** A cut part is not known by its documents here, so a tenth more of them is read. */
  private static final double MARGIN = 1.1;

  static StudyOverlaps of(
      InspectionRequest request,
      Map<String, RegisteredCorpus> registered,
      Map<String, InspectedCorpus> inspected,
      OverlapRegistry overlaps) {
    Map<OverlapRequest, Pair> pairs = new LinkedHashMap<>();
    for (OverlapRequest each : request.overlaps()) {
      if (inspected.containsKey(each.heldOut()) && inspected.containsKey(each.trained())) {
        double part = part(each, inspected.get(each.trained()));
        pairs.put(
            each, new Pair(registered.get(each.heldOut()), registered.get(each.trained()), part));
      }
    }
    Map<UnionOverlapRequest, Union> unions = new LinkedHashMap<>();
    for (UnionOverlapRequest each : request.unions()) {
      List<Pair> parts = each.trained().stream().map(name -> find(each, name, pairs)).toList();
      if (parts.stream().allMatch(Objects::nonNull)) {
        unions.put(each, new Union(parts));
      }
    }
    Map<Pair, Overlap> found = overlaps.compare(pairs.values().stream().distinct().toList());
    Map<Union, Overlap> together = overlaps.unite(unions.values().stream().distinct().toList());
    return new StudyOverlaps(
        pairs.entrySet().stream()
            .map(entry -> overlap(entry.getKey(), found.get(entry.getValue())))
            .toList(),
        unions.entrySet().stream()
            .map(entry -> overlap(entry.getKey(), together.get(entry.getValue())))
            .toList());
  }

  /** The pair of the same names, or null when it was not asked about or has a problem. */
  private static Pair find(
      UnionOverlapRequest union, String trained, Map<OverlapRequest, Pair> pairs) {
    return pairs.entrySet().stream()
        .filter(pair -> pair.getKey().heldOut().equals(union.heldOut()))
        .filter(pair -> pair.getKey().trained().equals(trained))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** Rounded up to hundredths, so that nearly equal cuts are compared once. */
  private static double part(OverlapRequest request, InspectedCorpus trained) {
    Long tokens = trained.train().tokens();
    return request.limitTokens() == null || tokens == null || tokens == 0
        ? 1
        : Math.min(1, Math.ceil(100 * MARGIN * request.limitTokens() / tokens) / 100);
  }

  private static CorpusOverlap overlap(OverlapRequest request, Overlap found) {
    return new CorpusOverlap(
        request.heldOut(),
        request.trained(),
        found.documents(),
        found.duplicates(),
        found.nearDuplicates(),
        found.example());
  }

  private static UnionOverlap overlap(UnionOverlapRequest request, Overlap found) {
    return new UnionOverlap(
        request.heldOut(),
        request.trained(),
        found.documents(),
        found.duplicates(),
        found.nearDuplicates(),
        found.example());
  }
}
