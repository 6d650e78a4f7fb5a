package io.holdfast.frontier.study;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.study.StudyCorpus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A study's corpora by the study's names, with what data-service found in them. */
final class CorpusCatalog {

  /** Of a vocabulary of some thousand symbols; only used when no corpus at all was tokenized. */
  private static final double USUAL_BYTES_PER_TOKEN = 3;

  private final Map<String, StudyCorpus> declared;
  private final Map<String, InspectedCorpus> inspected;
  private final double bytesPerToken;

  CorpusCatalog(Map<String, StudyCorpus> declared, Inspection inspection) {
    this.declared = declared;
    this.inspected = inspection.corpora();
    this.bytesPerToken = bytesPerToken(inspection);
  }

  /** Names of the corpora that have no problems, in alphabetical order. */
  List<String> names() {
    return declared.keySet().stream().filter(inspected::containsKey).sorted().toList();
  }

  boolean has(String name) {
    return inspected.containsKey(name);
  }

  InspectedCorpus corpus(String name) {
    return inspected.get(name);
  }

  Long limit(String name) {
    return declared.get(name).limitTokens();
  }

  String id(String name) {
    return inspected.get(name).id();
  }

  Part part(String name) {
    return part(name, 0);
  }

  /** Without the first documents. */
  Part part(String name, double withoutFirst) {
    return new Part(id(name), limit(name), withoutFirst);
  }

  /** Weights by corpus id; names of one corpus share one entry. */
  Map<String, Double> ids(Map<String, Double> weights) {
    Map<String, Double> ids = new TreeMap<>();
    weights.forEach((name, weight) -> ids.merge(id(name), weight, Double::sum));
    return ids;
  }

  /** Training tokens that the study uses: the limit, or the whole training split. */
  TokenCount trainTokens(String name) {
    Long limit = limit(name);
    return limit != null ? new TokenCount(limit, true) : tokens(inspected.get(name).train());
  }

  /** Those of them that are left without the first documents. */
  TokenCount trainTokens(String name, double withoutFirst) {
    TokenCount all = trainTokens(name);
    return new TokenCount(all.tokens() - Math.round(withoutFirst * all.tokens()), all.exact());
  }

  TokenCount tokens(SplitSize split) {
    return split.tokens() != null
        ? new TokenCount(split.tokens(), true)
        : new TokenCount(Math.round(split.bytes() / bytesPerToken), false);
  }

  private static double bytesPerToken(Inspection inspection) {
    long bytes = 0;
    long tokens = 0;
    for (InspectedCorpus corpus : inspection.corpora().values()) {
      if (corpus.train().tokens() != null) {
        bytes += corpus.train().bytes();
        tokens += corpus.train().tokens();
      }
    }
    return bytes == 0 || tokens == 0 ? USUAL_BYTES_PER_TOKEN : (double) bytes / tokens;
  }
}
