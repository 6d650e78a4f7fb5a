package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Scalar;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** What a random sweep draws a setting from. */
sealed interface Distribution {

  /** Four digits: enough to spread, and short enough to be read in a table. */
  MathContext DIGITS = new MathContext(4);

  Range FINITE = Range.closed(-1e15, 1e15);

  /** The value at a point of [0, 1): the inverse of the cumulative distribution. */
  Tree at(double point);

  /** Evenly between two numbers, or evenly between their logarithms. */
  record Between(Tree place, double low, double high, boolean logarithmic) implements Distribution {

    @Override
    public Tree at(double point) {
      double value = logarithmic ? low * Math.pow(high / low, point) : low + (high - low) * point;
      return scalar(place, BigDecimal.valueOf(value).round(DIGITS));
    }
  }

  /** A whole number, both ends included. */
  record Whole(Tree place, long low, long high) implements Distribution {

    @Override
    public Tree at(double point) {
      return scalar(place, BigDecimal.valueOf(low + (long) ((high - low + 1) * point)));
    }
  }

  /** One of a list. */
  record Choice(List<Tree> values) implements Distribution {

    @Override
    public Tree at(double point) {
      return values.get((int) (values.size() * point));
    }
  }

  private static Scalar scalar(Tree place, BigDecimal value) {
    return new Scalar(place.place(), value.stripTrailingZeros().toPlainString(), false);
  }

  static Optional<Distribution> read(Tree tree, Problems problems) {
    Optional<Section> read = Section.of(tree, Vocabulary.DISTRIBUTION, problems);
    if (read.isEmpty()
        || !read.get()
            .exactlyOne(
                Vocabulary.DISTRIBUTION.keys(),
                "Give one of uniform: [a, b], log_uniform: [a, b], whole: [a, b], choice: […].")) {
      return Optional.empty();
    }
    Section section = read.get();
    if (section.has("choice")) {
      if (section.tree("choice") instanceof Sequence list && !list.items().isEmpty()) {
        return Optional.of(new Choice(list.items()));
      }
      section.problem("choice", "wrong-type", "A list of values belongs here.", "Write [a, b].");
      return Optional.empty();
    }
    return range(section);
  }

  private static Optional<Distribution> range(Section section) {
    boolean whole = section.has("whole");
    boolean logarithmic = section.has("log_uniform");
    String key = whole ? "whole" : logarithmic ? "log_uniform" : "uniform";
    List<BigDecimal> ends = section.numbers(key, whole ? Range.whole(-1L << 53, 1L << 53) : FINITE);
    boolean right =
        ends.size() == 2
            && ends.getFirst().compareTo(ends.getLast()) < 0
            && (!logarithmic || ends.getFirst().signum() > 0);
    if (!right) {
      section.problem(
          key,
          "out-of-range",
          "Here belong two numbers, the smaller first" + (logarithmic ? ", both above zero." : "."),
          "Write it as [1e-4, 1e-2].");
      return Optional.empty();
    }
    return Optional.of(
        whole
            ? new Whole(section.tree(key), ends.get(0).longValue(), ends.get(1).longValue())
            : new Between(
                section.tree(key),
                ends.get(0).doubleValue(),
                ends.get(1).doubleValue(),
                logarithmic));
  }
}
