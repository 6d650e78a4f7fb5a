package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.study.StageReader.Declared;
import io.holdfast.contracts.study.source.Place;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a whole study from its tree, section by section, and goes on after problems. */
final class StudyReader {

  static final Range SEED = Range.whole(0, 1L << 53);
  private static final Mapping NOTHING = new Mapping(new Place("", 1), Map.of());

  private final Section study;
  private final Tree tree;
  private final Problems problems;

  private StudyReader(Section study, Tree tree, Problems problems) {
    this.study = study;
    this.tree = tree;
    this.problems = problems;
  }

  /** The study, or everything that is wrong with it, the reading of the tree included. */
  static ParsedStudy read(Tree tree, Problems problems) {
    Optional<Section> study = Section.of(tree, Vocabulary.STUDY, problems);
    if (study.isEmpty() && problems.isEmpty()) {
      problems.missing(
          tree.place(), "The study is empty.", "Write at least what studies/smoke.yaml has.");
    }
    return study
        .map(section -> new StudyReader(section, tree, problems).study())
        .orElseGet(() -> new ParsedStudy.Refused(problems.inOrder(), null, lines(tree)));
  }

  private ParsedStudy study() {
    String name = name();
    String question = study.text("question").orElse(null);
    Optional<StudyModel> model = model();
    Declared declared = corpora();
    Optional<TokenizerDefinition> tokenizer = tokenizer(declared);
    List<Long> seeds = seeds();
    RecipesReader.Read recipes = recipes(declared);
    EvaluationSettings evaluation =
        new EvaluationReader(declared, recipes.trained(), problems)
            .read(mapping("evaluation", NOTHING));
    StudyRules rules = RulesReader.read(study, recipes.recipes());
    List<Claim> claims =
        new ClaimsReader(recipeNames(), evaluation.tasks(), problems).read(study.tree("claims"));
    refuseTooManyStages(recipes.recipes(), seeds.size());
    if (!problems.isEmpty()) {
      return new ParsedStudy.Refused(
          problems.inOrder(), inspectable(declared, tokenizer, model), lines(tree));
    }
    return new ParsedStudy.Valid(
        new StudyFile(
            name,
            question,
            model.orElseThrow(),
            tokenizer.orElse(null),
            declared.corpora(),
            recipes.recipes(),
            seeds,
            evaluation,
            rules,
            claims,
            lines(tree)));
  }

  /** A tokenizer that would have to be trained is left out: nobody will use it. */
  private static InspectionRequest inspectable(
      Declared declared, Optional<TokenizerDefinition> tokenizer, Optional<StudyModel> model) {
    return declared.corpora().isEmpty()
        ? null
        : new InspectionRequest(
            tokenizer.filter(any -> any.path() != null).orElse(null),
            StudyFile.definitions(declared.corpora()),
            model.map(StudyFile::basePath).orElse(null));
  }

  private String name() {
    study.require("study", "The study has no name.", "Give it one: study: my-study.");
    Optional<String> name = study.text("study");
    name.ifPresent(text -> Names.check(text, study.tree("study"), "study", problems));
    return name.orElse(null);
  }

  private Optional<StudyModel> model() {
    study.require(
        "model",
        "The study has no model.",
        "Give model: {layers, hidden, heads, context}, or model: {base: <directory>}.");
    return study.section("model", Vocabulary.MODEL).flatMap(ModelReader::read);
  }

  private Declared corpora() {
    study.require(
        "corpora", "The study has no corpora.", "Give at least one: prose: {embedded: …}.");
    Mapping declared = mapping("corpora", NOTHING);
    if (study.has("corpora") && declared != NOTHING && declared.entries().isEmpty()) {
      study.problem("corpora", "empty", "No corpus is declared.", "Give at least one.");
    }
    return new Declared(
        new CorporaReader(problems).read(declared),
        List.copyOf(declared.entries().keySet()),
        study.section("model", Vocabulary.MODEL).map(ModelReader::context).orElse(0),
        study.tree("model") instanceof Mapping model && isGiven(model.get("base")));
  }

  private static boolean isGiven(Tree value) {
    return value != null && !value.isNull();
  }

  private Optional<TokenizerDefinition> tokenizer(Declared declared) {
    if (!declared.hasBase()) {
      study.require(
          "tokenizer",
          "The study has no tokenizer.",
          "Train one: tokenizer: {vocab: 4096}, or take one: tokenizer: {path: tokenizer.json}.");
    }
    return study
        .section("tokenizer", Vocabulary.TOKENIZER)
        .flatMap(section -> TokenizerReader.read(section, declared.names(), declared.hasBase()));
  }

  private List<Long> seeds() {
    study.require("seeds", "The study has no seeds.", "Give several, such as seeds: [1, 2, 3].");
    if (study.tree("seeds") instanceof Sequence list && list.items().isEmpty()) {
      study.problem("seeds", "empty", "No seed is given.", "Give several: seeds: [1, 2, 3].");
    }
    List<Long> seeds =
        study.numbers("seeds", SEED).stream().map(BigDecimal::longValueExact).toList();
    Set<Long> different = new HashSet<>(seeds);
    if (different.size() < seeds.size()) {
      study.problem("seeds", "duplicate", "A seed is given twice.", "Give every seed once.");
    }
    return seeds;
  }

  private RecipesReader.Read recipes(Declared declared) {
    Mapping stages = mapping("stages", new Mapping(study.place("stages"), Map.of()));
    Section.of(stages, Vocabulary.STAGES, problems);
    Mapping recipes = study.has("recipes") ? mapping("recipes", NOTHING) : null;
    if (recipes != null && recipes != NOTHING && recipes.entries().isEmpty()) {
      study.problem("recipes", "empty", "No recipe is given.", "Give one, or remove the key.");
    }
    return new RecipesReader(stages, new StageReader(declared, problems), problems).read(recipes);
  }

  /** Every declared name, so that a recipe's own problems do not make claims about it wrong too. */
  private Set<String> recipeNames() {
    return study.tree("recipes") instanceof Mapping named
        ? named.entries().keySet()
        : Set.of(RecipesReader.ONLY_RECIPE);
  }

  private void refuseTooManyStages(List<Recipe> recipes, int seeds) {
    long stages = 0;
    for (Recipe recipe : recipes) {
      stages += seeds * recipe.arms().stream().mapToLong(Arm::stages).sum();
    }
    if (stages > Sweeps.MAX_VARIANTS) {
      problems.add(
          "too-many-stages",
          study.place("recipes"),
          String.valueOf(stages),
          "A study has at most %d stages.".formatted(Sweeps.MAX_VARIANTS),
          "Sweep fewer values, use fewer seeds, or write several studies.");
    }
  }

  /** A key's mapping, or the fallback when it is absent or, reported, something else. */
  private Mapping mapping(String key, Mapping fallback) {
    Tree value = study.tree(key);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Mapping mapping) {
      return mapping;
    }
    study.problem(
        key, "wrong-type", "Here belong keys and values.", "Write it as key: value lines.");
    return fallback;
  }

  private static SourceLines lines(Tree tree) {
    Map<String, Place> places = new HashMap<>();
    collectPlaces(tree, places);
    return new SourceLines(places);
  }

  private static void collectPlaces(Tree tree, Map<String, Place> places) {
    places.put(tree.place().path(), tree.place());
    switch (tree) {
      case Mapping mapping ->
          mapping.entries().values().forEach(value -> collectPlaces(value, places));
      case Sequence sequence -> sequence.items().forEach(item -> collectPlaces(item, places));
      case Tree.Scalar scalar -> {}
    }
  }
}
