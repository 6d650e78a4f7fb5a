package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.study.Knob;
import io.holdfast.contracts.study.ParsedStudy;
import io.holdfast.contracts.study.StudyParser;
import io.holdfast.contracts.study.source.Place;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Quantity;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import io.holdfast.contracts.study.source.Tree.Sequence;
import io.holdfast.contracts.study.source.TreeReader;
import io.holdfast.contracts.study.source.YamlText;
import io.holdfast.frontier.recommendation.NextRun.MoreSeeds;
import io.holdfast.frontier.recommendation.NextRun.NewLevel;
import io.holdfast.frontier.recommendation.NextRun.Study;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a study file that has proposed runs beside those of a study. What is trained already is
 * reused when it is run, so only the new runs cost something. A file that would not be a right
 * study, for instance because a joint sweep sets the knob, is not offered.
 */
public final class NextStudy {

  private static final Place NEW = new Place("", 0);

  private final Mapping study;

  private NextStudy(Mapping study) {
    this.study = study;
  }

  /** The run with its study, where one can be written. */
  public static NextRun of(String source, NextRun run) {
    return TreeReader.read(source, new Problems())
        .filter(Mapping.class::isInstance)
        .flatMap(tree -> new NextStudy((Mapping) tree).with(run))
        .map(run::in)
        .orElse(run);
  }

  private Optional<Study> with(NextRun run) {
    Map<String, Tree> changes =
        switch (run) {
          case MoreSeeds seeds -> seeds(seeds);
          case NewLevel level -> level(level);
        };
    Mapping changed = study;
    for (var change : changes.entrySet()) {
      changed = changed.with(change.getKey(), change.getValue());
    }
    String snippet = YamlText.of(new Mapping(NEW, changes));
    Mapping whole = changed;
    return valid(whole)
        .or(() -> valid(without(whole, "claims")))
        .map(text -> new Study(snippet, text));
  }

  private static Optional<String> valid(Mapping changed) {
    String text = YamlText.of(changed);
    return StudyParser.parse(text) instanceof ParsedStudy.Valid
        ? Optional.of(text)
        : Optional.empty();
  }

  /** All seeds, the present ones first; of the recipes, those that are to be told apart. */
  private Map<String, Tree> seeds(MoreSeeds run) {
    Map<String, Tree> changes = new LinkedHashMap<>();
    List<Tree> seeds = new ArrayList<>();
    if (study.get("seeds") instanceof Sequence present) {
      seeds.addAll(present.items());
    }
    run.seeds().forEach(seed -> seeds.add(new Scalar(NEW, Long.toString(seed), false)));
    changes.put("seeds", new Sequence(NEW, seeds));
    if (study.get("recipes") instanceof Mapping recipes
        && recipes.entries().size() > run.recipes().size()) {
      Map<String, Tree> kept = new LinkedHashMap<>(recipes.entries());
      kept.keySet().retainAll(run.recipes());
      changes.put("recipes", new Mapping(NEW, kept));
    }
    return changes;
  }

  private Map<String, Tree> level(NewLevel run) {
    String[] path = path(run);
    Mapping stages = mapping(study.get("stages"));
    Mapping recipes = study.get("recipes") instanceof Mapping named ? named : null;
    Mapping recipe = recipes == null ? null : mapping(recipes.get(run.recipe()));
    if (recipe != null && at(recipe, path).isPresent()) {
      return isSweep(recipe, path)
          ? Map.of("recipes", recipes.with(run.recipe(), inserted(recipe, path, run)))
          : Map.of("recipes", further(recipes, recipe, path, run));
    }
    return isSweep(stages, path) || recipes == null
        ? Map.of("stages", inserted(stages, path, run))
        : Map.of("recipes", further(recipes, recipe, path, run));
  }

  /** Where the study sets the knob: an allocation stands beside the stages. */
  private String[] path(NewLevel run) {
    boolean allocates =
        run.knob() == Knob.EXPOSURE
            && (mapping(study.get("stages")).get("allocation") != null
                || mapping(mapping(study.get("recipes")).get(run.recipe())).get("allocation")
                    != null);
    return allocates ? new String[] {"allocation"} : run.knob().settingKey().split("\\.");
  }

  /** A recipe that is like another but for the knob. */
  private static Mapping further(Mapping recipes, Mapping like, String[] path, NewLevel run) {
    return recipes.with(
        "%s-%s-%s".formatted(run.recipe(), run.knob().word(), Words.level(run.level())),
        set(like, path, 0, level(run.level())));
  }

  private static Mapping inserted(Mapping around, String[] path, NewLevel run) {
    List<Tree> levels = new ArrayList<>();
    Tree present = at(around, path).orElse(null);
    if (present instanceof Sequence list) {
      levels.addAll(list.items());
    } else if (present != null) {
      levels.add(present);
    } else {
      levels.add(level(0));
    }
    int at = 0;
    while (at < levels.size() && number(levels.get(at)) < run.level()) {
      at++;
    }
    levels.add(at, level(run.level()));
    return set(around, path, 0, new Sequence(NEW, levels));
  }

  private static double number(Tree level) {
    return level instanceof Scalar scalar
        ? Quantity.parse(scalar.text()).map(BigDecimal::doubleValue).orElse(0.0)
        : 0;
  }

  private static Scalar level(double level) {
    return new Scalar(NEW, Words.level(level), false);
  }

  private static boolean isSweep(Mapping around, String[] path) {
    return at(around, path).filter(Sequence.class::isInstance).isPresent();
  }

  /** What stands there; of a section, what its name alone would mean. */
  private static Optional<Tree> at(Mapping around, String[] path) {
    Tree tree = around;
    for (String key : path) {
      tree = mapping(tree).get(key);
    }
    return tree instanceof Mapping section
        ? Optional.ofNullable(section.get(implied(path)))
        : Optional.ofNullable(tree);
  }

  private static Mapping set(Mapping around, String[] path, int depth, Tree value) {
    String key = path[depth];
    if (depth < path.length - 1) {
      return around.with(key, set(mapping(around.get(key)), path, depth + 1, value));
    }
    return around.get(key) instanceof Mapping section
        ? around.with(key, section.with(implied(path), value))
        : around.with(key, value);
  }

  private static String implied(String[] path) {
    return switch (path[path.length - 1]) {
      case "lora" -> "rank";
      case "ewc" -> "strength";
      default -> "fraction";
    };
  }

  private static Mapping mapping(Tree tree) {
    return tree instanceof Mapping mapping ? mapping : new Mapping(NEW, Map.of());
  }

  private static Mapping without(Mapping study, String key) {
    Map<String, Tree> kept = new LinkedHashMap<>(study.entries());
    kept.remove(key);
    return new Mapping(study.place(), kept);
  }
}
