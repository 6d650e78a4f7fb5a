package io.holdfast.lm.evaluate;

import io.holdfast.lm.program.OpenModel;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores windows in batches. Windows that read the same tokens, such as those of choices with one
 * token each, are one row. Rows are padded on their right, and a row is only beside rows that are
 * padded to the same length: its arithmetic depends on its own length alone.
 */
final class WindowBatches {

  private final OpenModel model;
  private final int tokensPerCall;

  /**
   * Batches of a model.
   *
   * @param tokensPerCall most tokens of a batch, unless a single row has more
   */
  WindowBatches(OpenModel model, int tokensPerCall) {
    this.model = model;
    this.tokensPerCall = tokensPerCall;
  }

  /**
   * What a window's tokens are together.
   *
   * @param nats sum of the scored tokens' log-probabilities
   * @param greedy whether each of them is the most likely one
   */
  record Score(double nats, boolean greedy) {}

  /** One score for each window, in their order. */
  Score[] score(List<Window> windows) {
    Score[] scores = new Score[windows.size()];
    for (var group : rows(windows).entrySet()) {
      int length = group.getKey();
      List<Row> rows = group.getValue();
      int most = Math.max(1, tokensPerCall / length);
      for (int from = 0; from < rows.size(); from += most) {
        score(rows.subList(from, Math.min(from + most, rows.size())), length, windows, scores);
      }
    }
    return scores;
  }

  /** What is read at once, and the windows that read it. */
  private record Row(int[] tokens, List<Integer> windows) {}

  /** Rows by their padded length, the longest first: if memory does not do, that is known soon. */
  private static Map<Integer, List<Row>> rows(List<Window> windows) {
    // A buffer is equal to another with the same numbers.
    Map<IntBuffer, Row> known = new LinkedHashMap<>();
    for (int w = 0; w < windows.size(); w++) {
      Window window = windows.get(w);
      int[] read = Arrays.copyOf(window.tokens(), window.length());
      known
          .computeIfAbsent(IntBuffer.wrap(read), key -> new Row(read, new ArrayList<>()))
          .windows
          .add(w);
    }
    Map<Integer, List<Row>> groups = new TreeMap<>((a, b) -> Integer.compare(b, a));
    for (Row row : known.values()) {
      groups.computeIfAbsent(padded(row.tokens.length), key -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  /** At most a sixteenth longer, or one piece. */
  static int padded(int length) {
    int piece = Math.max(OpenModel.LENGTHS, Integer.highestOneBit(length) / 16);
    return piece * Math.ceilDiv(length, piece);
  }

  private void score(List<Row> rows, int length, List<Window> windows, Score[] scores) {
    long[][] tokens = new long[rows.size()][length];
    List<Integer> order = rows.stream().flatMap(row -> row.windows.stream()).toList();
    int count = order.stream().mapToInt(w -> windows.get(w).scored()).sum();
    long[] places = new long[count];
    long[] wanted = new long[count];
    int at = 0;
    for (int r = 0; r < tokens.length; r++) {
      Row row = rows.get(r);
      for (int t = 0; t < row.tokens.length; t++) {
        tokens[r][t] = row.tokens[t];
      }
      for (int w : row.windows) {
        Window window = windows.get(w);
        for (int t = window.length() - window.scored(); t < window.length(); t++) {
          places[at] = (long) r * length + t;
          wanted[at++] = window.tokens()[t + 1];
        }
      }
    }
    OpenModel.Found found = model.score(tokens, places, wanted);
    at = 0;
    for (int w : order) {
      int scored = windows.get(w).scored();
      scores[w] = sum(found, at, at + scored);
      at += scored;
    }
  }

  private static Score sum(OpenModel.Found found, int from, int to) {
    double nats = 0;
    boolean greedy = true;
    for (int i = from; i < to; i++) {
      nats += found.logProbabilities()[i];
      greedy &= found.best()[i];
    }
    return new Score(nats, greedy);
  }
}
