package io.holdfast.contracts.study;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.source.Place;
import java.util.Map;

/**
 * Where in a study's text each path stands.
 *
 * @param byPath places by dotted path, such as {@code stages.pretrain.tokens}
 */
public record SourceLines(Map<String, Place> byPath) {

  public SourceLines {
    byPath = Map.copyOf(byPath);
  }

  /** Line of the path or of the nearest thing around it; null when nothing around it is known. */
  public Integer lineOf(String path) {
    Place place = placeOf(path);
    return place == null || place.line() == 0 ? null : place.line();
  }

  private Place placeOf(String path) {
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      Place place = byPath.get(at);
      if (place != null) {
        return place;
      }
    }
    return null;
  }

  /** The problem with the line of its path, unless it has one or stands in another file. */
  public Problem locate(Problem problem) {
    return problem.line() == null ? placed(problem) : problem;
  }

  /** The problem with file and line of its path, whatever it says itself. */
  public Problem placed(Problem problem) {
    Place place = placeOf(problem.path());
    return place == null
        ? problem
        : new Problem(
            problem.code(),
            problem.path(),
            lineOf(problem.path()),
            problem.value(),
            problem.message(),
            problem.remedy(),
            place.file());
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
