package io.holdfast.contracts.study;

import io.holdfast.contracts.study.Claim.LawData;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads claims about scaling laws. */
final class LawClaimsReader {

  static final Map<String, LawData> DATA = ClaimsReader.words(LawData.values());

  /** Of any law, each as its own name. */
  static final Map<String, String> PARAMETERS =
      Stream.of(LawData.values())
          .flatMap(data -> data.parameters().stream())
          .distinct()
          .collect(Collectors.toMap(name -> name, name -> name));

  private static final Range ANY = Range.closed(0, 1e12);
  private static final Range ERROR = Range.positive(100);

  private final Collection<String> recipes;

  LawClaimsReader(Collection<String> recipes) {
    this.recipes = recipes;
  }

  Optional<Claim.LawParameter> parameter(Section s) {
    Optional<LawData> of = ClaimsReader.required(s, "of", DATA);
    Optional<String> parameter = ClaimsReader.required(s, "parameter", PARAMETERS);
    Optional<List<BigDecimal>> range = range(s);
    Optional<String> recipe = s.name("recipe", recipes, "recipe");
    if (of.isEmpty() || parameter.isEmpty()) {
      return Optional.empty();
    }
    if (!of.get().parameters().contains(parameter.get())) {
      s.problem(
          "parameter",
          "unknown-value",
          "This law has no such parameter.",
          "Give one of %s.".formatted(String.join(", ", new TreeSet<>(of.get().parameters()))));
      return Optional.empty();
    }
    return range.map(
        ends ->
            new Claim.LawParameter(
                of.get(),
                parameter.get(),
                ends.getFirst().doubleValue(),
                ends.getLast().doubleValue(),
                recipe.orElse(null)));
  }

  private static Optional<List<BigDecimal>> range(Section s) {
    s.require("between", "The claim has no range.", "Give its ends: between: [1e3, 1e4].");
    List<BigDecimal> ends = s.numbers("between", ANY);
    if (s.has("between") && (ends.size() != 2 || ends.getFirst().compareTo(ends.getLast()) >= 0)) {
      s.problem(
          "between",
          "not-a-range",
          "A range has two ends.",
          "Write it as [1e3, 1e4], lowest first.");
      return Optional.empty();
    }
    return ends.isEmpty() ? Optional.empty() : Optional.of(ends);
  }

  Optional<Claim.LawPredicts> predicts(Section s) {
    Optional<LawData> of = ClaimsReader.required(s, "of", DATA);
    s.require("error", "The claim has no error.", "Give the largest: error: 0.02.");
    OptionalDouble error = s.number("error", ERROR);
    Optional<String> recipe = s.name("recipe", recipes, "recipe");
    return of.isEmpty() || error.isEmpty()
        ? Optional.empty()
        : Optional.of(new Claim.LawPredicts(of.get(), error.getAsDouble(), recipe.orElse(null)));
  }
}
