package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StageReader.Pipeline;
import io.holdfast.contracts.study.Sweeps.Combination;
import io.holdfast.contracts.study.source.Place;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lays every recipe over the common stages and reads the result. */
final class RecipesReader {

  static final String ONLY_RECIPE = "default";

  private final Mapping stages;
  private final StageReader reader;
  private final Sweeps sweeps;
  private final Problems problems;
  private final List<Recipe> recipes = new ArrayList<>();
  private final Map<StageKind, Set<Map<String, Double>>> trained = new EnumMap<>(StageKind.class);

  /** Reads over the common stages, which may be empty. */
  RecipesReader(Mapping stages, StageReader reader, Problems problems) {
    this.stages = stages;
    this.reader = reader;
    this.sweeps = new Sweeps(problems);
    this.problems = problems;
    for (StageKind kind : StageKind.values()) {
      trained.put(kind, new LinkedHashSet<>());
    }
  }

  /**
   * What was read.
   *
   * @param recipes those without problems
   * @param trained by stage, the different mixtures that some recipe trains on
   */
  record Read(List<Recipe> recipes, Map<StageKind, Set<Map<String, Double>>> trained) {}

  /** Reads the recipes; without any, the common stages are the only recipe. */
  Read read(Mapping named) {
    if (named == null) {
      recipe(ONLY_RECIPE, new Mapping(stages.place(), Map.of()));
    } else {
      named.entries().forEach(this::named);
    }
    return new Read(recipes, trained);
  }

  private void named(String name, Tree tree) {
    Names.check(name, tree, "recipe", problems);
    if (tree.isNull()) {
      recipe(name, new Mapping(tree.place(), Map.of()));
    } else if (Section.of(tree, Vocabulary.RECIPE, problems).isPresent()) {
      recipe(name, (Mapping) tree);
    }
  }

  private void recipe(String name, Mapping overrides) {
    List<Combination> pretrain = combinations(StageKind.PRETRAIN, overrides);
    List<Combination> postTrain = combinations(StageKind.POST_TRAIN, overrides);
    List<Combination> fineTune = combinations(StageKind.FINE_TUNE, overrides);
    // A recipe without stage 2 still exposes, and is measured on, what the others post-train on.
    List<Combination> reference =
        postTrain.isEmpty()
            ? combinations(StageKind.POST_TRAIN, new Mapping(overrides.place(), Map.of()))
            : postTrain;
    Pipeline pipeline =
        new Pipeline(
            mixtures(StageKind.PRETRAIN, pretrain),
            mixtures(StageKind.POST_TRAIN, reference),
            !reference.isEmpty());
    mixtures(StageKind.FINE_TUNE, fineTune);
    List<StageVariant> first = variants(StageKind.PRETRAIN, pretrain, pipeline, List.of());
    List<StageVariant> second = variants(StageKind.POST_TRAIN, postTrain, pipeline, first);
    Recipe recipe =
        new Recipe(
            name,
            first,
            second,
            variants(
                StageKind.FINE_TUNE, fineTune, pipeline, postTrain.isEmpty() ? first : second));
    if (!recipe.pretrain().isEmpty() && !recipe.fineTune().isEmpty()) {
      recipes.add(recipe);
    }
  }

  private List<Map<String, Double>> mixtures(StageKind kind, List<Combination> combinations) {
    Set<Map<String, Double>> mixtures = new LinkedHashSet<>();
    for (Combination combination : combinations) {
      Map<String, Double> mixture = reader.corpora(combination.stage(), kind);
      if (!mixture.isEmpty()) {
        mixtures.add(mixture);
      }
    }
    trained.get(kind).addAll(mixtures);
    return List.copyOf(mixtures);
  }

  private List<StageVariant> variants(
      StageKind kind,
      List<Combination> combinations,
      Pipeline pipeline,
      List<StageVariant> before) {
    List<StageSettings> parents = before.stream().map(StageVariant::settings).toList();
    return combinations.stream()
        .map(combination -> reader.read(kind, combination, pipeline, parents))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The stage's combinations; none when it is skipped. */
  private List<Combination> combinations(StageKind kind, Mapping overrides) {
    Vocabulary vocabulary = StageReader.vocabulary(kind);
    String key = vocabulary.section();
    Tree common = stages.get(key);
    Tree override = overrides.get(key);
    boolean optional = kind == StageKind.POST_TRAIN;
    Tree decisive = override == null ? common : override;
    if (optional && (decisive == null || isSkip(decisive))) {
      return List.of();
    }
    Optional<Mapping> base =
        common == null || isSkip(common) && override != null
            ? Optional.empty()
            : mapping(common, key);
    Optional<Mapping> over = override == null ? Optional.empty() : mapping(override, key);
    if (common == null && override == null) {
      problems.missing(
          new Place(stages.place().path() + "." + key, stages.place().line()),
          "The study has no stage %s.".formatted(key),
          "Give at least its corpus, its tokens or epochs, and its learning_rate.");
    }
    Optional<Mapping> stage =
        base.isPresent() && over.isPresent()
            ? Optional.of(
                Overlay.over(
                    Overlay.spellOut(base.get(), vocabulary),
                    Overlay.spellOut(over.get(), vocabulary)))
            : base.or(() -> over);
    return stage.map(merged -> sweeps.unroll(merged, vocabulary)).orElse(List.of());
  }

  private Optional<Mapping> mapping(Tree tree, String key) {
    if (tree instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    problems.at(
        tree,
        "wrong-type",
        "Here belong the settings of the stage.",
        key.equals("post_train")
            ? "Give settings, or skip for no such stage."
            : "Give settings; only post_train can be skipped.");
    return Optional.empty();
  }

  private static boolean isSkip(Tree tree) {
    return tree.isNull() || tree instanceof Scalar scalar && scalar.text().equals("skip");
  }
}
