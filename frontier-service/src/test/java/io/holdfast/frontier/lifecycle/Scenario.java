package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Studies that share stages, stages that fail on their first attempt, and stages whose checkpoint
 * cannot be scored.
 */
record Scenario(List<StudySubmission> studies, Set<String> failing, Set<String> unscorable) {

  private static final List<EvaluationPoint> POINTS =
      List.of(
          EvaluationPoint.FINAL,
          new EvaluationPoint.Mark(World.PASSED),
          new EvaluationPoint.Mark(World.NEVER),
          new Probe.Interpolated(0.5));

  static Scenario random(Random random) {
    List<SubmittedStage> pool = new ArrayList<>();
    Set<String> failing = new TreeSet<>();
    Set<String> unscorable = new TreeSet<>();
    int size = 1 + random.nextInt(12);
    for (int i = 0; i < size; i++) {
      String parent = i == 0 || random.nextInt(3) == 0 ? null : pool.get(random.nextInt(i)).id();
      pool.add(new SubmittedStage("stage" + i, parent, wanted(random)));
      if (random.nextInt(6) == 0) {
        failing.add("stage" + i);
      }
      if (random.nextInt(6) == 0) {
        unscorable.add("stage" + i);
      }
    }
    List<StudySubmission> studies = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      studies.add(new StudySubmission("study" + i, closed(pool, random)));
    }
    return new Scenario(studies, failing, unscorable);
  }

  /** Without anything that fails. */
  Scenario mended() {
    return new Scenario(studies, Set.of(), Set.of());
  }

  /** By stage, the one that it starts from; roots are missing. */
  Map<String, String> parents() {
    Map<String, String> parents = new TreeMap<>();
    studies.stream()
        .flatMap(study -> study.stages().stream())
        .filter(stage -> stage.parent() != null)
        .forEach(stage -> parents.put(stage.id(), stage.parent()));
    return parents;
  }

  /** A random part of the pool with all ancestors, each study with its own evaluations. */
  private static List<SubmittedStage> closed(List<SubmittedStage> pool, Random random) {
    Set<String> chosen = new TreeSet<>();
    for (SubmittedStage stage : pool.reversed()) {
      if (chosen.contains(stage.id()) || random.nextBoolean()) {
        chosen.add(stage.id());
        if (stage.parent() != null) {
          chosen.add(stage.parent());
        }
      }
    }
    return pool.stream()
        .filter(stage -> chosen.contains(stage.id()))
        .map(stage -> new SubmittedStage(stage.id(), stage.parent(), wanted(random)))
        .toList();
  }

  private static WantedStage wanted(Random random) {
    Set<WantedScore> sets = new java.util.HashSet<>();
    for (String corpus : List.of("prose", "maths", "code")) {
      for (EvaluationPoint point : POINTS) {
        if (random.nextInt(3) == 0) {
          sets.add(new WantedSet(point, new HeldOutSet(corpus, 100), true));
        }
      }
    }
    return new WantedStage(random.nextInt(5), sets);
  }
}
