package io.holdfast.lm.generate;

import io.holdfast.lm.program.Choice;
import io.holdfast.lm.program.OpenModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prompts that are gone on with at once. Stop strings are looked for after every few tokens; rows
 * whose answers have ended are dropped when half of them have.
 */
final class GeneratedBatch {

  /** Tokens between two looks for stop strings. */
  private static final int STEPS = 16;

  private final OpenModel model;
  private final int slots;
  private final Choice choice;
  private final int endOfText;

  /** An answer for each row; null where a row only fills the batch. */
  private List<Answer> rows;

  private long[] lengths;

  GeneratedBatch(OpenModel model, int slots, Choice choice, int endOfText) {
    this.model = model;
    this.slots = slots;
    this.choice = choice;
    this.endOfText = endOfText;
  }

  /** Generates all of the answers. */
  void run(List<Answer> answers) {
    take(answers);
    try {
      read();
      int number = 0;
      while (left() > 0) {
        drop();
        number += generate(number, Math.min(STEPS, left()));
      }
    } finally {
      model.forget();
    }
  }

  private void take(List<Answer> answers) {
    int count = OpenModel.ROWS * Math.ceilDiv(answers.size(), OpenModel.ROWS);
    rows = new ArrayList<>(answers);
    while (rows.size() < count) {
      rows.add(null);
    }
    lengths = rows.stream().mapToLong(row -> row == null ? 1 : row.read().length).toArray();
  }

  private void read() {
    long[][] prompts = new long[rows.size()][slots];
    double[] draws = new double[rows.size()];
    int most = 0;
    for (int r = 0; r < prompts.length; r++) {
      Answer answer = rows.get(r);
      if (answer != null) {
        for (int t = 0; t < answer.read().length; t++) {
          prompts[r][t] = answer.read()[t];
        }
        draws[r] = answer.draws(1)[0];
        most = Math.max(most, answer.left());
      }
    }
    add(model.read(prompts, lengths, most, draws, choice));
    review();
  }

  private int left() {
    return rows.stream().mapToInt(row -> row == null ? 0 : row.left()).max().orElse(0);
  }

  /**
   * Up to so many tokens more.
   *
   * @param number of tokens before each row's last
   * @return how many there are
   */
  private int generate(int number, int wanted) {
    long[] last = new long[rows.size()];
    double[][] draws = new double[rows.size()][wanted];
    for (int r = 0; r < last.length; r++) {
      Answer answer = rows.get(r);
      boolean ended = answer == null || answer.left() == 0;
      // A row whose last token ends a text is not computed for, and does not keep the others.
      last[r] = ended ? endOfText : answer.last();
      if (!ended) {
        draws[r] = answer.draws(wanted);
      }
    }
    int[][] found = model.generate(last, lengths, slots, number, draws, choice);
    for (int[] tokens : found) {
      add(tokens);
    }
    review();
    return found.length;
  }

  private void add(int[] tokens) {
    for (int r = 0; r < tokens.length; r++) {
      if (rows.get(r) != null) {
        rows.get(r).add(tokens[r]);
      }
    }
  }

  private void review() {
    for (Answer answer : rows) {
      if (answer != null && !answer.isReviewed()) {
        answer.review();
      }
    }
  }

  /** Lets go of ended rows when half as many would do. */
  private void drop() {
    int[] alive =
        IntStream.range(0, rows.size())
            .filter(r -> rows.get(r) != null && rows.get(r).left() > 0)
            .toArray();
    int count = OpenModel.ROWS * Math.ceilDiv(alive.length, OpenModel.ROWS);
    if (2 * count > rows.size()) {
      return;
    }
    // Rows that only fill the batch repeat the first one that goes on.
    int[] kept = Arrays.copyOf(alive, count);
    Arrays.fill(kept, alive.length, count, alive[0]);
    model.retain(Arrays.stream(kept).asLongStream().toArray());
    lengths = Arrays.stream(kept).mapToLong(r -> lengths[r]).toArray();
    List<Answer> left = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      left.add(i < alive.length ? rows.get(alive[i]) : null);
    }
    rows = left;
  }
}
