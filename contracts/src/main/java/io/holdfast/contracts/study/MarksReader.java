package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads {@code marks:}, a list that sweeps nothing: all of it belongs to one stage. */
final class MarksReader {

  private static final String KEY = "marks";

  private MarksReader() {}

  static Optional<Marks> read(Section stage) {
    return switch (stage.tree(KEY)) {
      case null -> Optional.empty();
      case Sequence list -> listed(stage, list);
      case Mapping spaced -> stage.section(KEY, Vocabulary.MARKS).flatMap(MarksReader::spaced);
      default -> {
        stage.problem(
            KEY,
            "wrong-type",
            "Here belong numbers of trained tokens.",
            "Write [50k, 100k], or {every: 50k}.");
        yield Optional.empty();
      }
    };
  }

  private static Optional<Marks> listed(Section stage, Sequence list) {
    if (list.items().isEmpty() || list.items().size() > Marks.MOST) {
      stage.problem(
          KEY,
          list.items().isEmpty() ? "empty" : "too-many-marks",
          "A stage has 1 to %d marks.".formatted(Marks.MOST),
          "Give some, such as [50k, 100k], or leave the key out.");
      return Optional.empty();
    }
    List<Long> marks =
        stage.numbers(KEY, CorporaReader.TOKENS).stream()
            .map(BigDecimal::longValueExact)
            .sorted()
            .toList();
    if (marks.stream().distinct().count() < marks.size()) {
      stage.problem(KEY, "duplicate", "A mark is given twice.", "Give every mark once.");
      return Optional.empty();
    }
    return marks.isEmpty() ? Optional.empty() : Optional.of(Marks.at(marks));
  }

  private static Optional<Marks> spaced(Section section) {
    section.require("every", "The marks have no distance.", "Give one, such as every: 50k.");
    return section.whole("every", CorporaReader.TOKENS).stream().mapToObj(Marks::every).findFirst();
  }
}
