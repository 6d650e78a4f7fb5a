package io.holdfast.frontier.study;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.BaseModel;
import io.holdfast.contracts.study.Recipe;
import io.holdfast.contracts.study.StageVariant;
import io.holdfast.contracts.study.StudyFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What only the corpora can tell about a study: problems with the study file's lines. */
final class StudyChecks {

  private final StudyFile study;
  private final CorpusCatalog catalog;
  private final Set<Problem> problems = new LinkedHashSet<>();

  private StudyChecks(StudyFile study, CorpusCatalog catalog) {
    this.study = study;
    this.catalog = catalog;
  }

  /** Everything that is wrong, in the order of the file; data-service's findings included. */
  static List<Problem> problems(StudyFile study, Inspection inspection, CorpusCatalog catalog) {
    StudyChecks checks = new StudyChecks(study, catalog);
    checks.problems.addAll(inspection.problems());
    checks.base(inspection);
    catalog.names().forEach(checks::corpus);
    checks.heldOut();
    checks.problems.addAll(Leakage.problems(study, inspection));
    checks.stages();
    checks.interpolations(inspection);
    checks.completeness(inspection);
    List<Problem> located = new ArrayList<>();
    checks.problems.forEach(problem -> located.add(study.lines().locate(problem)));
    located.sort(
        Comparator.comparing(Problem::line, Comparator.nullsLast(Comparator.naturalOrder())));
    return located;
  }

  private void base(Inspection inspection) {
    if (!(study.model() instanceof BaseModel declared) || inspection.base() == null) {
      return;
    }
    int longest = inspection.base().architecture().maxSequenceLength();
    if (declared.context() > longest) {
      problems.add(
          Problem.at(
              "model.context",
              "context-too-long",
              declared.context(),
              "The base model is built for sequences of at most %d tokens.".formatted(longest),
              "Give model.context of %d or less.".formatted(longest)));
    }
  }

  private void corpus(String name) {
    InspectedCorpus corpus = catalog.corpus(name);
    Long limit = catalog.limit(name);
    Long tokens = corpus.train().tokens();
    if (corpus.train().documents() == 0 || tokens != null && tokens == 0) {
      problems.add(
          Problem.at(
              "corpora." + name,
              "no-training-documents",
              corpus.documents() + " documents",
              "Nothing is left to train on after the held-out splits.",
              "Give more documents, or smaller dev and test shares."));
    } else if (limit != null && tokens != null && limit > tokens) {
      problems.add(
          Problem.at(
              "corpora." + name + ".tokens",
              "limit-exceeds-corpus",
              limit,
              "The training split has only %d tokens.".formatted(tokens),
              "Give at most %d, or leave tokens out for all of them.".formatted(tokens)));
    }
  }

  private void heldOut() {
    Set<String> names = new TreeSet<>();
    for (StageKind kind : StageKind.values()) {
      names.addAll(study.evaluation().of(kind).keySet());
    }
    int window = study.model().context();
    for (String name : names) {
      if (catalog.has(name)) {
        TokenCount test = catalog.tokens(catalog.corpus(name).test());
        if (test.tokens() < window) {
          problems.add(
              Problem.at(
                  "corpora." + name,
                  "held-out-too-small",
                  test.tokens() + " tokens",
                  "The test split has less than one window of %d tokens to evaluate on."
                      .formatted(window),
                  "Give more documents, or a larger test share."));
        } else if (Objects.equals(catalog.corpus(name).test().scored(), 0L)) {
          problems.add(
              Problem.at(
                  "corpora." + name,
                  "held-out-unscored",
                  "0 of %d tokens".formatted(test.tokens()),
                  "No token of the test split has a loss: it has no completions to score.",
                  "Give documents with completions, or loss: all."));
        }
      }
    }
  }

  private void stages() {
    for (Recipe recipe : study.recipes()) {
      Stream.of(recipe.pretrain(), recipe.postTrain(), recipe.fineTune())
          .flatMap(List::stream)
          .forEach(variant -> problems.addAll(StageChecks.problems(variant, catalog)));
    }
  }

  /**
   * Adapters on the head give a model with tied embeddings a head that its parent does not have.
   */
  private void interpolations(Inspection inspection) {
    boolean known =
        inspection.vocabSize() != null
            && !(study.model() instanceof BaseModel && inspection.base() == null);
    if (study.evaluation().interpolations().isEmpty()
        || !known
        || !study.model().architecture(inspection).tiedEmbeddings()) {
      return;
    }
    study.recipes().stream()
        .flatMap(recipe -> recipe.arms().stream())
        .filter(
            arm -> arm.postTrain().isEmpty() || !arm.postTrain().stream().allMatch(this::unties))
        .flatMap(arm -> arm.fineTune().stream())
        .filter(this::unties)
        .forEach(
            variant ->
                problems.add(
                    Problem.at(
                        variant.origin("lora.targets"),
                        "cannot-interpolate",
                        null,
                        "Adapters on lm_head give the model a head of its own, which the model before"
                            + " it does not have: nothing lies between the two.",
                        "Leave lm_head out of lora.targets, set model.tied_embeddings to false, or"
                            + " leave evaluation.interpolate out.")));
  }

  private boolean unties(StageVariant variant) {
    Lora lora = variant.settings().method().lora();
    return lora != null && lora.targets().contains(Target.LM_HEAD);
  }

  /** Guards the expansion against an inspection that leaves something out without a reason. */
  private void completeness(Inspection inspection) {
    if (!problems.isEmpty()) {
      return;
    }
    study.corpora().keySet().stream()
        .filter(name -> !catalog.has(name))
        .forEach(
            name ->
                problems.add(
                    Problem.at(
                        "corpora." + name,
                        "not-inspected",
                        null,
                        "The data service said nothing about this corpus.",
                        "Submit the study again; if it stays, look into the data service's log.")));
    if (study.model() instanceof BaseModel && inspection.base() == null) {
      problems.add(
          Problem.at(
              "model.base",
              "not-inspected",
              null,
              "The data service said nothing about the base model.",
              "Submit the study again; if it stays, look into the data service's log."));
    }
    if (inspection.tokenizer() == null || inspection.vocabSize() == null) {
      problems.add(
          Problem.at(
              "tokenizer",
              "not-inspected",
              null,
              "The data service said nothing about the tokenizer.",
              "Submit the study again; if it stays, look into the data service's log."));
    }
  }
}
