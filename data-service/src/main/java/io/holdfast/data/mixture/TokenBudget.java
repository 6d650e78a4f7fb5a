package io.holdfast.data.mixture;

import io.holdfast.contracts.mixture.MixturePlan.Role;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Replay;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Turns a mixture's shares into exact token counts. Every entry of the mixture that cannot be
 * served is a problem; all are collected before anything is counted.
 */
final class TokenBudget {

  private final MixtureSpec spec;
  private final Map<String, TrainingSplit> corpora;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Demand> demands = new ArrayList<>();

  TokenBudget(MixtureSpec spec, Map<String, TrainingSplit> corpora) {
    this.spec = spec;
    this.corpora = corpora;
    List<DocumentRun> bases = runs("base", spec.base().stream().map(Source::part).toList());
    List<DocumentRun> exposed =
        runs("exposures", spec.exposures().stream().map(Exposure::part).toList());
    List<DocumentRun> replayed =
        runs("replays", spec.replays().stream().map(Replay::part).toList());
    if (problems.isEmpty()) {
      count(bases, expose(exposed), replayed);
    }
  }

  /** What the stage trains on; only worth reading when there are no problems. */
  List<Demand> demands() {
    return List.copyOf(demands);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  private void count(
      List<DocumentRun> bases, List<DocumentRun> exposed, List<DocumentRun> replayed) {
    long exposedTokens = exposed.stream().mapToLong(DocumentRun::tokens).sum();
    long baseTokens = baseTokens(bases, exposed);
    long replayTokens = replayTokens(baseTokens + exposedTokens);
    if (problems.isEmpty() && baseTokens + exposedTokens + replayTokens == 0) {
      problems.add(
          Problem.at(
              "budget",
              "empty-stage",
              0,
              "The stage would train on no token at all.",
              "Give a budget or an exposure above zero, or leave the stage out."));
    }
    if (!problems.isEmpty()) {
      return;
    }
    share("base", Role.BASE, bases, baseTokens, spec.base().stream().map(Source::weight).toList());
    for (int i = 0; i < exposed.size(); i++) {
      Exposure exposure = spec.exposures().get(i);
      demand(
          place("exposures", i),
          Role.EXPOSURE,
          exposed.get(i),
          exposed.get(i).tokens(),
          exposure.from(),
          exposure.until());
    }
    share(
        "replays",
        Role.REPLAY,
        replayed,
        replayTokens,
        spec.replays().stream().map(Replay::fraction).toList());
  }

  private long baseTokens(List<DocumentRun> bases, List<DocumentRun> exposed) {
    long onePass = bases.stream().mapToLong(DocumentRun::tokens).sum();
    long budget =
        spec.budget().tokens() != null
            ? spec.budget().tokens()
            : Apportionment.product(onePass, spec.budget().epochs());
    long replaced =
        IntStream.range(0, exposed.size())
            .filter(i -> spec.exposures().get(i).mode() == ExposureMode.REPLACE)
            .mapToLong(i -> exposed.get(i).tokens())
            .sum();
    if (replaced > budget) {
      problems.add(
          Problem.at(
              "exposures",
              "exposure-exceeds-budget",
              replaced + " tokens",
              "Exposures that replace base tokens cannot be larger than the budget of %d tokens."
                  .formatted(budget),
              "Lower their fraction, limit their corpus, raise the budget, or add instead."));
    }
    return budget - replaced;
  }

  /** R with R = Σρ · (rest + R). */
  private long replayTokens(long rest) {
    BigDecimal fraction =
        spec.replays().stream()
            .map(replay -> new BigDecimal(replay.fraction()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (fraction.compareTo(BigDecimal.ONE) >= 0) {
      problems.add(
          Problem.at(
              "replays",
              "replay-leaves-nothing",
              fraction.doubleValue(),
              "The replayed shares of the stage's tokens sum to 1 or more.",
              "Lower the fractions until their sum is below 1."));
      return 0;
    }
    return problems.isEmpty()
        ? Apportionment.quotient(rest, BigDecimal.ONE.subtract(fraction)) - rest
        : 0;
  }

  private void share(
      String list, Role role, List<DocumentRun> runs, long tokens, List<Double> weights) {
    long[] shares = Apportionment.ofWeights(tokens, weights);
    for (int i = 0; i < shares.length; i++) {
      demand(place(list, i), role, runs.get(i), shares[i], 0, 1);
    }
  }

  private void demand(
      String place, Role role, DocumentRun part, long tokens, double from, double until) {
    if (tokens > 0) {
      demands.add(new Demand(place, role, part, tokens, from, until));
    }
  }

  private List<DocumentRun> expose(List<DocumentRun> parts) {
    List<DocumentRun> exposed = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      double fraction = spec.exposures().get(i).fraction();
      DocumentRun first = parts.get(i).firstDocuments(fraction);
      exposed.add(first);
      if (fraction > 0 && first.documents() == 0) {
        problems.add(
            Problem.at(
                place("exposures", i) + ".fraction",
                "exposure-rounds-to-nothing",
                fraction,
                "This share of %d documents is less than one document."
                    .formatted(parts.get(i).documents()),
                "Raise the fraction, expose a larger part, or set the fraction to 0."));
      }
    }
    return exposed;
  }

  private List<DocumentRun> runs(String list, List<Part> parts) {
    List<DocumentRun> runs = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      runs.add(run(place(list, i), parts.get(i)));
    }
    return runs;
  }

  private DocumentRun run(String place, Part part) {
    TrainingSplit split = corpora.get(part.corpus());
    if (split == null) {
      throw new IllegalArgumentException("the caller gives every corpus: " + part.corpus());
    }
    TokenTable table = split.tokens();
    Long limit = part.limitTokens();
    if (table.tokens() == 0) {
      problems.add(
          Problem.at(
              place + ".corpus",
              "corpus-empty",
              part.corpus(),
              "The corpus has no training documents.",
              "Give the corpus documents, or hold fewer of them out."));
    } else if (limit != null && limit < 1) {
      problems.add(
          Problem.at(
              place + ".limit_tokens",
              "limit-not-positive",
              limit,
              "A part of a corpus has at least one token.",
              "Give a positive number of tokens, or none for the whole corpus."));
    } else if (limit != null && limit > table.tokens()) {
      problems.add(
          Problem.at(
              place + ".limit_tokens",
              "corpus-too-small",
              limit,
              "The corpus has only %d training tokens.".formatted(table.tokens()),
              "Lower the limit to %d or less, or give more documents.".formatted(table.tokens())));
    }
    long documents = limit == null ? table.documents() : table.firstDocumentsReaching(limit);
    DocumentRun whole = DocumentRun.of(part.corpus(), split, 0, documents);
    return part.skipFraction() == null ? whole : rest(place, part, whole);
  }

  private DocumentRun rest(String place, Part part, DocumentRun whole) {
    DocumentRun rest = whole.withoutFirstDocuments(part.skipFraction());
    if (whole.documents() > 0 && rest.documents() == 0) {
      problems.add(
          Problem.at(
              place + ".skip_fraction",
              "skip-leaves-nothing",
              part.skipFraction(),
              "Without this share of its %d documents, the part has none."
                  .formatted(whole.documents()),
              "Lower the fraction, or give a larger part."));
    }
    return rest;
  }

  private static String place(String list, int index) {
    return list + "[" + index + "]";
  }
}
