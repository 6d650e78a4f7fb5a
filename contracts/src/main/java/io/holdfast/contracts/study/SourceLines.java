package io.holdfast.contracts.study;

import io.holdfast.contracts.problem.Problem;
import java.util.Map;

/**
 * Where in a study's text each path stands.
 *
 * @param byPath 1-based lines by dotted path, such as {@code stages.pretrain.tokens}
 */
public record SourceLines(Map<String, Integer> byPath) {

  public SourceLines {
    byPath = Map.copyOf(byPath);
  }

  /** Line of the path or of the nearest thing around it; null when nothing around it is known. */
  public Integer lineOf(String path) {
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      Integer line = byPath.get(at);
      if (line != null) {
        return line;
      }
    }
    return null;
  }

  /** The problem with the line of its path, unless it has one or stands in another file. */
  public Problem locate(Problem problem) {
    if (problem.line() != null) {
      return problem;
    }
    return new Problem(
        problem.code(),
        problem.path(),
        lineOf(problem.path()),
        problem.value(),
        problem.message(),
        problem.remedy());
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
