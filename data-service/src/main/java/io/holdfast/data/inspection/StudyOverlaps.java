package io.holdfast.data.inspection;

import io.holdfast.contracts.corpus.CorpusOverlap;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.OverlapRequest;
import io.holdfast.data.leakage.OverlapScan.Overlap;
import io.holdfast.data.registry.OverlapRegistry;
import io.holdfast.data.registry.OverlapRegistry.Pair;
import io.holdfast.data.registry.RegisteredCorpus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers what a study asks about its held-out text. */
final class StudyOverlaps {

  /** A cut part is not known by its documents here, so a tenth more of them is read. */
  private static final double MARGIN = 1.1;

  private final Map<String, RegisteredCorpus> registered;
  private final Map<String, InspectedCorpus> inspected;

  StudyOverlaps(Map<String, RegisteredCorpus> registered, Map<String, InspectedCorpus> inspected) {
    this.registered = registered;
    this.inspected = inspected;
  }

  /** Compares the corpora that have no problems. */
  List<CorpusOverlap> compare(List<OverlapRequest> requests, OverlapRegistry overlaps) {
    Map<OverlapRequest, Pair> pairs = new LinkedHashMap<>();
    for (OverlapRequest request : requests) {
      if (inspected.containsKey(request.heldOut()) && inspected.containsKey(request.trained())) {
        pairs.put(
            request,
            new Pair(
                registered.get(request.heldOut()),
                registered.get(request.trained()),
                part(request)));
      }
    }
    Map<Pair, Overlap> found = overlaps.compare(pairs.values().stream().distinct().toList());
    return pairs.entrySet().stream()
        .map(entry -> overlap(entry.getKey(), found.get(entry.getValue())))
        .toList();
  }

  /** Rounded up to hundredths, so that nearly equal cuts are compared once. */
  private double part(OverlapRequest request) {
    Long tokens = inspected.get(request.trained()).train().tokens();
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
}
