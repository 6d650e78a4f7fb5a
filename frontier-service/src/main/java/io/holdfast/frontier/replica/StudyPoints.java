package io.holdfast.frontier.replica;

import io.holdfast.frontier.snapshot.LossReader;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.study.Lineage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * A study's points and its recipes' fronts. Immutable; a new result costs the lineages through its
 * stage and the fronts of their recipes.
 */
public final class StudyPoints {

  private final Places places;
  private final PVector<List<LineagePoint>> points;
  private final PMap<String, List<RecipeFront>> fronts;
  private final int size;

  /** The numbers of lineages, in the study's order; the same as long as the study is known. */
  private record Places(
      List<Lineage> lineages,
      Map<String, List<Integer>> ofStages,
      Map<String, List<Integer>> ofRecipes) {

    static Places of(WantedStudy study) {
      Map<String, List<Integer>> ofStages = new HashMap<>();
      Map<String, List<Integer>> ofRecipes = new LinkedHashMap<>();
      study.recipes().forEach(recipe -> ofRecipes.put(recipe, new ArrayList<>()));
      for (int i = 0; i < study.lineages().size(); i++) {
        Lineage lineage = study.lineages().get(i);
        ofRecipes.get(lineage.recipe()).add(i);
        for (String stage : lineage.stages()) {
          ofStages.computeIfAbsent(stage, id -> new ArrayList<>()).add(i);
        }
      }
      return new Places(study.lineages(), ofStages, ofRecipes);
    }

    TreeSet<Integer> through(Collection<String> stageIds) {
      TreeSet<Integer> numbers = new TreeSet<>();
      stageIds.forEach(id -> numbers.addAll(ofStages.getOrDefault(id, List.of())));
      return numbers;
    }
  }

  private StudyPoints(
      Places places,
      PVector<List<LineagePoint>> points,
      PMap<String, List<RecipeFront>> fronts,
      int size) {
    this.places = places;
    this.points = points;
    this.fronts = fronts;
    this.size = size;
  }

  /** Of a study of which no result is known. */
  static StudyPoints none(WantedStudy study) {
    Places places = Places.of(study);
    List<RecipeFront> empty = Arrays.stream(Projection.values()).map(RecipeFront::empty).toList();
    PMap<String, List<RecipeFront>> fronts = HashTreePMap.empty();
    for (String recipe : places.ofRecipes().keySet()) {
      fronts = fronts.plus(recipe, empty);
    }
    PVector<List<LineagePoint>> points = TreePVector.empty();
    for (int i = 0; i < places.lineages().size(); i++) {
      points = points.plus(List.of());
    }
    return new StudyPoints(places, points, fronts, 0);
  }

  /** How many there are, measured or not. */
  public int size() {
    return size;
  }

  /** All points, in the study's order. */
  public Stream<Placed> all() {
    return IntStream.range(0, points.size()).boxed().flatMap(this::placed);
  }

  /** The first points of each recipe's front, recipe by recipe. */
  public Stream<Placed> onFront(Projection plane, int mostOfEach) {
    return fronts.values().stream()
        .map(planes -> planes.get(plane.ordinal()))
        .flatMap(front -> front.points().stream().limit(mostOfEach));
  }

  /** With the lineages through some stages measured again. */
  StudyPoints with(Collection<String> stageIds, LossReader losses) {
    StudyPoints now = this;
    for (int lineage : places.through(stageIds)) {
      List<LineagePoint> measured = losses.measure(places.lineages().get(lineage)).points();
      if (!measured.equals(points.get(lineage))) {
        now = now.with(lineage, measured);
      }
    }
    return now;
  }

  private StudyPoints with(int lineage, List<LineagePoint> measured) {
    StudyPoints moved =
        new StudyPoints(
            places,
            points.with(lineage, measured),
            fronts,
            size + measured.size() - points.get(lineage).size());
    String recipe = places.lineages().get(lineage).recipe();
    List<Placed> placed = moved.placed(lineage).toList();
    List<RecipeFront> planes =
        fronts.get(recipe).stream()
            .map(front -> front.with(placed, () -> moved.ofRecipe(recipe)))
            .toList();
    return new StudyPoints(places, moved.points, fronts.plus(recipe, planes), moved.size);
  }

  private Stream<Placed> ofRecipe(String recipe) {
    return places.ofRecipes().get(recipe).stream().flatMap(this::placed);
  }

  private Stream<Placed> placed(int lineage) {
    List<LineagePoint> own = points.get(lineage);
    return IntStream.range(0, own.size()).mapToObj(i -> new Placed(lineage, i, own.get(i)));
  }
}
