package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A study as its author means it: defaults filled in, recipes laid over the common stages, sweeps
 * unrolled. Corpora are still names; {@code StudyExpansion} in frontier-service turns them into
 * ids. {@link StudyParser} is the only one that makes it from text.
 *
 * @param name the study's name, usable as a folder name
 * @param question what the study wants to know, free text for the report; null when not given
 * @param model a new model without its vocabulary, or one to start from
 * @param tokenizer trained or taken; null takes the base model's own
 * @param corpora by name, in the file's order
 * @param recipes in the file's order; never empty
 * @param seeds each makes a lineage of its own from pretraining on; never empty
 * @param evaluation what every stage is measured on
 * @param rules what the study refuses to run with
 * @param claims what the study is to support, contradict or leave open; empty when the author names
 *     none
 * @param lines where in the text each path stands
 */
public record StudyFile(
    String name,
    String question,
    StudyModel model,
    TokenizerDefinition tokenizer,
    Map<String, StudyCorpus> corpora,
    List<Recipe> recipes,
    List<Long> seeds,
    EvaluationSettings evaluation,
    StudyRules rules,
    List<Claim> claims,
    SourceLines lines) {

  public StudyFile {
    corpora = Ordered.copy(corpora);
    recipes = List.copyOf(recipes);
    seeds = List.copyOf(seeds);
    claims = List.copyOf(claims);
  }

  /** The study with other recipes. */
  public StudyFile withRecipes(List<Recipe> others) {
    return new StudyFile(
        name, question, model, tokenizer, corpora, others, seeds, evaluation, rules, claims, lines);
  }

  /** What data-service is asked about this study. */
  public InspectionRequest inspectionRequest() {
    return new InspectionRequest(
        tokenizer,
        definitions(corpora),
        basePath(model),
        HeldOutText.pairs(this),
        HeldOutText.unions(this));
  }

  static String basePath(StudyModel model) {
    return model instanceof BaseModel base ? base.path() : null;
  }

  static Map<String, CorpusDefinition> definitions(Map<String, StudyCorpus> corpora) {
    Map<String, CorpusDefinition> definitions = new LinkedHashMap<>();
    corpora.forEach((corpus, declared) -> definitions.put(corpus, declared.definition()));
    return definitions;
  }
}
