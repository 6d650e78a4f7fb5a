package io.holdfast.contracts.study;

import io.holdfast.contracts.study.Claim.Direction;
import io.holdfast.contracts.study.Claim.End;
import io.holdfast.contracts.study.Claim.Loss;
import io.holdfast.contracts.study.Claim.Plane;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code claims:}, a list of mappings with one key each. */
final class ClaimsReader {

  /** More would leave nothing significant after Holm's correction. */
  static final int MOST = 200;

  static final Map<String, Plane> PLANES = words(Plane.values());
  static final Map<String, Loss> LOSSES = words(Loss.values());
  static final Map<String, End> ENDS = words(End.values());
  static final Map<String, Direction> DIRECTIONS = words(Direction.values());
  static final Map<String, Knob> KNOBS = words(Knob.values());

  private static final Range MARGIN = Range.closed(0, 100);

  private final Collection<String> recipes;
  private final ClaimedTasks tasks;
  private final LawClaimsReader laws;
  private final Problems problems;
  private final Map<String, Function<Section, Optional<? extends Claim>>> kinds;

  /**
   * Reads claims about recipes of these names.
   *
   * @param tasks what the study's models are scored on
   */
  ClaimsReader(Collection<String> recipes, List<StudyTask> tasks, Problems problems) {
    this.recipes = recipes;
    this.tasks = new ClaimedTasks(tasks);
    this.laws = new LawClaimsReader(recipes);
    this.problems = problems;
    this.kinds =
        Map.of(
            "dominates", this::dominates,
            "retains_more", this::retainsMore,
            "largest_gain", this::largestGain,
            "latent", this::latent,
            "interior_minimum", this::interiorMinimum,
            "trend", this::trend,
            "complementary", this::complementary,
            "law_parameter", laws::parameter,
            "law_predicts", laws::predicts);
  }

  /** The claims without problems; none when the study has no such key. */
  List<Claim> read(Tree tree) {
    if (tree == null) {
      return List.of();
    }
    if (!(tree instanceof Sequence list)) {
      problems.at(
          tree,
          "wrong-type",
          "A list of claims belongs here.",
          "Write - retains_more: {recipe: exposed, over: plain}.");
      return List.of();
    }
    if (list.items().size() > MOST) {
      problems.at(
          tree,
          "too-many",
          "A study has at most %d claims.".formatted(MOST),
          "Keep the main ones.");
      return List.of();
    }
    return list.items().stream().map(this::claim).flatMap(Optional::stream).toList();
  }

  private Optional<Claim> claim(Tree tree) {
    Optional<Section> claim = Section.of(tree, Vocabulary.CLAIM, problems);
    if (claim.isEmpty() || !(tree instanceof Mapping mapping)) {
      return Optional.empty();
    }
    if (mapping.entries().size() != 1) {
      problems.at(
          tree,
          "one-claim-each",
          "An element of the list is one claim.",
          "Begin every claim with a dash.");
      return Optional.empty();
    }
    String kind = mapping.entries().keySet().iterator().next();
    if (mapping.get(kind).isNull()) {
      problems.at(tree, "empty", "The claim says nothing.", "Say what it is about, or remove it.");
    }
    return kinds.containsKey(kind)
        ? claim.get().section(kind, section(kind)).flatMap(s -> kinds.get(kind).apply(s))
        : Optional.empty();
  }

  private static Vocabulary section(String kind) {
    return Vocabulary.valueOf(kind.toUpperCase(Locale.ROOT));
  }

  private Optional<Claim> dominates(Section s) {
    Optional<Plane> plane = s.choice("projection", PLANES);
    double margin = margin(s);
    return pair(s)
        .map(p -> new Claim.Dominates(p.recipe, p.over, plane.orElse(Plane.RETENTION), margin));
  }

  private Optional<Claim> retainsMore(Section s) {
    Optional<Pair> pair = pair(s);
    if (!s.has("task")) {
      ClaimedTasks.refuseWithoutTask(s, List.of("split", "few_shot", "metric"));
      return pair.map(p -> new Claim.RetainsMore(p.recipe, p.over, null));
    }
    return tasks.read(s).flatMap(t -> pair.map(p -> new Claim.RetainsMore(p.recipe, p.over, t)));
  }

  private Optional<Claim> largestGain(Section s) {
    Optional<End> at = required(s, "at", ENDS);
    return pair(s).flatMap(p -> at.map(end -> new Claim.LargestGain(p.recipe, p.over, end)));
  }

  private Optional<Claim> latent(Section s) {
    double margin = margin(s);
    if (!s.has("along")) {
      if (s.has("recipes")) {
        s.problem("recipes", "conflict", "It belongs to along.", "Give along, or remove it.");
        return Optional.empty();
      }
      return pair(s).map(p -> new Claim.Latent(p.recipe, p.over, null, List.of(), margin));
    }
    List<String> among = among(s);
    if (!s.atMostOne(List.of("along", "recipe"), "Name two recipes, or a knob.")
        || !s.atMostOne(List.of("along", "over"), "Name two recipes, or a knob.")) {
      return Optional.empty();
    }
    return s.choice("along", KNOBS).map(knob -> new Claim.Latent(null, null, knob, among, margin));
  }

  private Optional<Claim> interiorMinimum(Section s) {
    Optional<Loss> loss = required(s, "metric", LOSSES);
    Optional<Knob> along = required(s, "along", KNOBS);
    List<String> among = among(s);
    return loss.flatMap(l -> along.map(knob -> new Claim.InteriorMinimum(l, knob, among)));
  }

  private Optional<Claim> trend(Section s) {
    boolean ofOne = s.exactlyOne(List.of("metric", "task"), "Name a loss, or a task.");
    Optional<Loss> loss = s.choice("metric", LOSSES);
    Optional<StudyTask> task = s.has("task") ? tasks.read(s) : Optional.empty();
    if (!s.has("task")) {
      ClaimedTasks.refuseWithoutTask(s, List.of("split", "few_shot"));
    }
    Optional<Knob> along = required(s, "along", KNOBS);
    Optional<Direction> direction = required(s, "direction", DIRECTIONS);
    List<String> among = among(s);
    double margin = margin(s);
    return !ofOne || loss.isEmpty() && task.isEmpty() || along.isEmpty() || direction.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Claim.Trend(
                loss.orElse(null), task.orElse(null), along.get(), direction.get(), among, margin));
  }

  private Optional<Claim> complementary(Section s) {
    s.require("factors", "The claim has no factors.", "Give them: factors: [exposure, replay].");
    List<String> among = among(s);
    if (!s.has("factors")) {
      return Optional.empty();
    }
    List<Knob> factors = new ArrayList<>();
    s.names("factors", KNOBS.keySet(), "knob").forEach(name -> factors.add(KNOBS.get(name)));
    if (factors.size() < 2) {
      s.problem("factors", "too-few", "At least two factors combine.", "Name at least two knobs.");
      return Optional.empty();
    }
    return Optional.of(new Claim.Complementary(factors, among));
  }

  private Optional<Pair> pair(Section s) {
    s.require("recipe", "The claim names no recipe.", "Say which recipe it is about.");
    s.require("over", "The claim names nothing to compare with.", "Say over which recipe.");
    Optional<String> recipe = s.name("recipe", recipes, "recipe");
    Optional<String> over = s.name("over", recipes, "recipe");
    if (recipe.isPresent() && recipe.equals(over)) {
      s.problem("over", "same-recipe", "A recipe is compared with itself.", "Name another.");
      return Optional.empty();
    }
    return recipe.flatMap(r -> over.map(o -> new Pair(r, o)));
  }

  private List<String> among(Section s) {
    return s.has("recipes") ? s.names("recipes", recipes, "recipe") : List.of();
  }

  private static double margin(Section s) {
    return s.number("margin", MARGIN).orElse(Claim.DEFAULT_MARGIN_NATS);
  }

  static <E> Optional<E> required(Section s, String key, Map<String, E> words) {
    s.require(
        key,
        "The claim has no %s.".formatted(key),
        "Give one of %s.".formatted(String.join(", ", words.keySet())));
    return s.choice(key, words);
  }

  static <E extends Enum<E>> Map<String, E> words(E[] values) {
    return Arrays.stream(values)
        .collect(
            Collectors.toMap(
                value -> value.name().toLowerCase(Locale.ROOT),
                Function.identity(),
                (a, b) -> a,
                TreeMap::new));
  }

  private record Pair(String recipe, String over) {}
}
