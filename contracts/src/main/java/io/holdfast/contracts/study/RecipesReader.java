package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StageReader.Pipeline;
import io.holdfast.contracts.study.StageVariant.Setting;
import io.holdfast.contracts.study.Sweeps.Combination;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Lays every recipe over the common stages and reads the result. */
final class RecipesReader {

  static final String ONLY_RECIPE = "default";

  private final Mapping stages;
  private final LaidStages laid;
  private final StageReader reader;
  private final Sweeps sweeps;
  private final Problems problems;
  private final List<Recipe> recipes = new ArrayList<>();
  private final Map<StageKind, Set<Map<String, Double>>> trained = new EnumMap<>(StageKind.class);

  /** Reads over the common stages, which may be empty. */
  RecipesReader(Mapping stages, StageReader reader, Problems problems) {
    this.stages = stages;
    this.laid = new LaidStages(stages, reader.hasBase(), problems);
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
    List<Allocation> allocations = Allocation.read(laid.common("allocation", overrides), problems);
    List<Assignment> assignments = new JointSweeps(problems).read(laid.common("sweep", overrides));
    Set<Arm> arms = new LinkedHashSet<>();
    for (Allocation allocation : allocations) {
      for (Assignment assignment : assignments) {
        arm(overrides, allocation, assignment).ifPresent(arms::add);
      }
    }
    if (!arms.isEmpty()) {
      recipes.add(new Recipe(name, List.copyOf(arms)));
    }
  }

  /** The pipelines with these values; empty when a stage that every pipeline has is missing. */
  private Optional<Arm> arm(Mapping overrides, Allocation allocation, Assignment assignment) {
    Optional<Mapping> skill = laid.stage(StageKind.POST_TRAIN, overrides);
    if (allocation.lambda() != null && skill.isEmpty()) {
      problems.at(
          allocation.lambda(),
          "missing",
          "An allocation divides the post-training data, and there is no post_train.",
          "Describe post_train, or leave the allocation out.");
      return Optional.empty();
    }
    boolean pretrains = !laid.skips(StageKind.PRETRAIN, overrides);
    if (allocation.lambda() != null && !pretrains) {
      problems.at(
          allocation.lambda(),
          "missing",
          "An allocation gives pretraining a part of the data, and there is no pretrain.",
          "Describe pretrain, or leave the allocation out.");
      return Optional.empty();
    }
    List<Combination> pretrain =
        combinations(
            StageKind.PRETRAIN,
            laid.stage(StageKind.PRETRAIN, overrides),
            assignment,
            stage -> allocation.pretrain(stage, problems),
            allocation.swept());
    List<Combination> postTrain =
        allocation.skipsPostTraining()
            ? List.of()
            : combinations(
                StageKind.POST_TRAIN,
                skill,
                assignment,
                stage -> allocation.postTrain(stage, problems),
                List.of());
    List<Combination> fineTune =
        combinations(
            StageKind.FINE_TUNE,
            laid.stage(StageKind.FINE_TUNE, overrides),
            assignment,
            stage -> stage,
            List.of());
    Pipeline pipeline = pipeline(overrides, skill, pretrain, postTrain);
    mixtures(StageKind.FINE_TUNE, fineTune);
    List<StageVariant> first = variants(StageKind.PRETRAIN, pretrain, pipeline, List.of());
    List<StageVariant> second = variants(StageKind.POST_TRAIN, postTrain, pipeline, first);
    List<StageVariant> third =
        variants(StageKind.FINE_TUNE, fineTune, pipeline, postTrain.isEmpty() ? first : second);
    return pretrains && first.isEmpty() || third.isEmpty()
        ? Optional.empty()
        : Optional.of(new Arm(first, second, third));
  }

  /**
   * A recipe without a stage still replays or exposes, and is measured on, what it or others train
   * on in it.
   */
  private Pipeline pipeline(
      Mapping overrides,
      Optional<Mapping> skill,
      List<Combination> pretrain,
      List<Combination> postTrain) {
    Mapping common = new Mapping(overrides.place(), Map.of());
    boolean pretrains = !laid.skips(StageKind.PRETRAIN, overrides);
    List<Combination> early =
        pretrains ? pretrain : plainly(StageKind.PRETRAIN, laid.stage(StageKind.PRETRAIN, common));
    List<Combination> late =
        postTrain.isEmpty()
            ? plainly(
                StageKind.POST_TRAIN, skill.or(() -> laid.stage(StageKind.POST_TRAIN, common)))
            : postTrain;
    StageKind afterBase = skill.isPresent() ? StageKind.POST_TRAIN : StageKind.FINE_TUNE;
    return new Pipeline(
        mixtures(StageKind.PRETRAIN, early),
        mixtures(StageKind.POST_TRAIN, late),
        pretrains || !early.isEmpty(),
        !late.isEmpty(),
        pretrains ? StageKind.PRETRAIN : afterBase);
  }

  private List<Combination> plainly(StageKind kind, Optional<Mapping> stage) {
    return combinations(kind, stage, Assignment.NONE, same -> same, List.of());
  }

  private List<Combination> combinations(
      StageKind kind,
      Optional<Mapping> stage,
      Assignment assignment,
      UnaryOperator<Mapping> allocated,
      List<Setting> swept) {
    Vocabulary vocabulary = StageReader.vocabulary(kind);
    List<Setting> settings = new ArrayList<>(swept);
    settings.addAll(assignment.swept(kind));
    return stage
        .map(common -> Overlay.spellOut(assignment.over(common, kind), vocabulary))
        .map(allocated)
        .map(merged -> sweeps.unroll(merged, vocabulary, settings))
        .orElse(List.of());
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
}
