package io.holdfast.frontier.study;

import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.study.Marks;
import io.holdfast.contracts.study.MethodSettings.Anchor;
import io.holdfast.contracts.study.MethodSettings.Fisher;
import io.holdfast.contracts.study.StageSettings;
import io.holdfast.contracts.study.StageSettings.Exposure;
import io.holdfast.contracts.study.StageSettings.Stopping;
import io.holdfast.contracts.study.StageVariant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What only the corpora can tell about one stage. */
final class StageChecks {

  /** The limit of data-service's mixture planner: a plan travels in one Kafka record. */
  private static final long MAX_PASSES = 4096;

  private final StageVariant variant;
  private final StageSettings stage;
  private final CorpusCatalog catalog;
  private final List<Problem> problems = new ArrayList<>();

  private StageChecks(StageVariant variant, CorpusCatalog catalog) {
    this.variant = variant;
    this.stage = variant.settings();
    this.catalog = catalog;
  }

  /** Problems without lines; none when a corpus is missing, which is a problem of its own. */
  static List<Problem> problems(StageVariant variant, CorpusCatalog catalog) {
    StageChecks checks = new StageChecks(variant, catalog);
    if (checks.corpora().stream().allMatch(catalog::has)) {
      StageTokens tokens = StageTokens.of(variant.settings(), catalog);
      checks.length(tokens);
      checks.passes(tokens);
      checks.withoutFirst();
      if (variant.settings().exposure() != null) {
        checks.exposure(variant.settings().exposure(), tokens);
      }
      if (checks.stage.marks() != null) {
        checks.marks(checks.stage.marks(), tokens);
      }
      if (variant.settings().earlyStopping() != null) {
        checks.stopping(variant.settings().earlyStopping());
      }
      checks.fisher().ifPresent(fisher -> checks.devSplit("ewc", fisher.corpus(), "measure"));
    }
    return checks.problems;
  }

  private Set<String> corpora() {
    Set<String> corpora = new LinkedHashSet<>(stage.corpora().keySet());
    if (stage.exposure() != null) {
      corpora.addAll(stage.exposure().corpora());
    }
    if (stage.replay() != null) {
      corpora.addAll(stage.replay().corpora().keySet());
    }
    if (stage.earlyStopping() != null) {
      corpora.add(stage.earlyStopping().corpus());
    }
    fisher().map(Fisher::corpus).ifPresent(corpora::add);
    return corpora;
  }

  private void length(StageTokens tokens) {
    if (tokens.total() < stage.sequenceLength()) {
      report(
          stage.budget().tokens() != null ? "tokens" : "epochs",
          "stage-too-short",
          tokens.total() + " tokens",
          "The stage is shorter than one sequence of %d tokens.".formatted(stage.sequenceLength()),
          "Train longer, or on shorter sequences.");
    }
  }

  private void passes(StageTokens tokens) {
    long passes =
        passes(tokens.base(), stage.withoutFirst())
            + passes(tokens.exposed(), 0)
            + passes(tokens.replayed(), 0);
    if (passes > MAX_PASSES) {
      report(
          stage.budget().tokens() != null ? "tokens" : "epochs",
          "too-many-passes",
          passes + " passes",
          "The stage passes over its corpora more than %d times.".formatted(MAX_PASSES),
          "Train shorter, replay less, or give larger corpora.");
    }
  }

  private long passes(Map<String, Long> tokens, double withoutFirst) {
    long passes = 0;
    for (Map.Entry<String, Long> corpus : tokens.entrySet()) {
      long pass = catalog.trainTokens(corpus.getKey(), withoutFirst).tokens();
      passes += corpus.getValue() / Math.max(1, pass) + 1;
    }
    return passes;
  }

  private void withoutFirst() {
    for (String corpus : stage.corpora().keySet()) {
      if ((1 - stage.withoutFirst()) * documents(corpus) < 0.5) {
        report(
            "without_first",
            "skip-leaves-nothing",
            stage.withoutFirst(),
            "Without this share of corpus %s, not one document is left.".formatted(corpus),
            "Lower the fraction, or give a larger corpus.");
      }
    }
  }

  private void exposure(Exposure exposure, StageTokens tokens) {
    for (String corpus : exposure.corpora()) {
      if (exposure.fraction() * documents(corpus) < 0.5) {
        report(
            "exposure.fraction",
            "exposure-rounds-to-nothing",
            exposure.fraction(),
            "This share of corpus %s is less than one document.".formatted(corpus),
            "Raise the fraction, or expose a larger corpus.");
      }
    }
    long exposed = StageTokens.sum(tokens.exposed());
    if (exposure.mode() == ExposureMode.REPLACE && StageTokens.sum(tokens.base()) == 0) {
      report(
          "exposure",
          "exposure-exceeds-budget",
          exposed + " tokens",
          "The exposed tokens would replace the whole stage.",
          "Lower the fraction, limit the corpus, train longer, or use mode: add.");
    } else if (exposed > (exposure.until() - exposure.from()) * tokens.total()) {
      report(
          exposure.until() < 1 ? "exposure.until" : "exposure.from",
          "exposure-window-too-narrow",
          exposure.from() + " to " + exposure.until(),
          "The %d exposed tokens do not fit into this part of the stage's %d tokens."
              .formatted(exposed, tokens.total()),
          "Widen from and until, or expose less.");
    }
  }

  /** Documents of the part that the study uses, in expectation when it is cut. */
  private double documents(String name) {
    InspectedCorpus corpus = catalog.corpus(name);
    double all = Math.max(1, catalog.tokens(corpus.train()).tokens());
    return corpus.train().documents() * Math.min(1, catalog.trainTokens(name).tokens() / all);
  }

  private void stopping(Stopping stopping) {
    devSplit("early_stopping", stopping.corpus(), "stop");
    // An estimate here would give the stage another id once the corpus is counted.
    if (stopping.everyEpochs() != null && !StageTokens.onePass(stage, catalog).exact()) {
      report(
          "early_stopping.every_epochs",
          "tokens-unknown",
          stopping.everyEpochs(),
          "The corpus is too large to be counted before the study starts.",
          "Use every_tokens, or give the corpus a limit of tokens.");
    }
  }

  private void marks(Marks marks, StageTokens tokens) {
    if (marks.every() != null && !tokens.exact()) {
      // An estimate here would give the stage another id once the corpus is counted.
      report(
          "marks.every",
          "tokens-unknown",
          marks.every(),
          "The corpus is too large to be counted before the study starts.",
          "List the marks, train for a number of tokens, or give the corpus a limit of tokens.");
    } else if (tokens.exact() && marks.count(tokens.total()) == 0) {
      report(
          "marks.every",
          "mark-past-end",
          marks.every(),
          "The stage ends after %d tokens, before its first mark.".formatted(tokens.total()),
          "Give a smaller distance, or leave marks out: the end is evaluated anyway.");
    } else if (marks.count(tokens.total()) > Marks.MOST) {
      report(
          "marks.every",
          "too-many-marks",
          marks.every(),
          "The stage's %d tokens have %d marks; each is a copy of the model, and %d are the most."
              .formatted(tokens.total(), marks.count(tokens.total()), Marks.MOST),
          "Give a larger distance.");
    } else if (marks.at() != null && tokens.exact() && marks.at().getLast() >= tokens.total()) {
      report(
          "marks",
          "mark-past-end",
          marks.at().getLast(),
          "The stage ends after %d tokens.".formatted(tokens.total()),
          "Give smaller marks; the end is evaluated anyway.");
    }
  }

  private Optional<Fisher> fisher() {
    return Optional.ofNullable(stage.method().anchor()).map(Anchor::fisher);
  }

  private void devSplit(String key, String corpus, String otherwise) {
    TokenCount dev = catalog.tokens(catalog.corpus(corpus).dev());
    if (dev.tokens() < stage.sequenceLength()) {
      report(
          key,
          "held-out-too-small",
          dev.tokens() + " tokens",
          "The dev split of corpus %s has less than one window of %d tokens."
              .formatted(corpus, stage.sequenceLength()),
          "Give the corpus more documents or a larger dev share, or %s on another corpus."
              .formatted(otherwise));
    }
  }

  private void report(String key, String code, Object value, String message, String remedy) {
    problems.add(Problem.at(variant.origin(key), code, value, message, remedy));
  }
}
