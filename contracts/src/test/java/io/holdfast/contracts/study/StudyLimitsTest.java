package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static io.holdfast.contracts.study.Studies.problems;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.problem.Problem;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that would explode a careless reader are refused, quickly, with few problems. */
class StudyLimitsTest {

  /** Processor time, so that a busy machine does not fail the test. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  static Stream<Named<Supplier<String>>> bombs() {
    return Stream.of(
        Named.of("billion laughs", () -> laughs(30)),
        Named.of("aliases of a long text", StudyLimitsTest::longTexts),
        Named.of("alias to itself", () -> "a: &a\n  b: *a\n"),
        Named.of("deep YAML flow", () -> "a: " + "[".repeat(100_000)),
        Named.of("deep YAML blocks", () -> "- ".repeat(100_000) + "a"),
        Named.of("deep JSON", () -> "{\"a\": " + "[".repeat(100_000)),
        Named.of("deep JSON objects", () -> "{\"a\":".repeat(100_000)),
        Named.of("too long a text", () -> "study: " + "a".repeat(2_000_000)),
        Named.of("too long a key", () -> "a".repeat(500_000) + ": {b: {c: 1}}"),
        Named.of("many keys", () -> numbered(100_000, "k%d: 1\n")),
        Named.of("many corpora, all unknown", StudyLimitsTest::manyUnknownCorpora),
        Named.of("huge grid", () -> grid(1_000, 1_000)),
        Named.of("grid of grids", () -> grid(90, 90)),
        Named.of("huge exponent", () -> with("seeds", "seeds: [1e999999999]")),
        Named.of("many digits", () -> with("seeds", "seeds: [%s]".formatted("9".repeat(500_000)))),
        Named.of("many seeds", () -> with("seeds", "seeds: [%s]".formatted(numbers(9_000)))));
  }

  @ParameterizedTest
  @Timeout(60)
  @MethodSource("bombs")
  void bombsAreRefusedQuickly(Supplier<String> bomb) {
    String text = bomb.get();

    long begin = THREADS.getCurrentThreadCpuTime();
    List<Problem> problems = problems(text);
    Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin);

    assertThat(taken).isLessThan(LIMIT);
    assertThat(problems).isNotEmpty().hasSizeLessThanOrEqualTo(200);
    assertThat(problems).allSatisfy(p -> assertThat(p.describe()).hasSizeLessThan(2_000));
  }

  @Test
  void gridsCountAcrossStagesRecipesAndSeeds() {
    String text =
        BASE.replace("learning_rate: 2e-3", "learning_rate: [%s]".formatted(numbers(50, "0.%03d")))
            .replace("learning_rate: 1e-3", "learning_rate: [%s]".formatted(numbers(99, "0.%03d")));

    // Two seeds of 50 roots, 50 post-trained and 4,950 fine-tuned stages.
    assertThat(Studies.problem(text))
        .returns("too-many-stages", Problem::code)
        .returns("10100", Problem::value);
  }

  @Test
  void aliasesWithinTheLimitsAreUsable() {
    String text =
        BASE.replace(
                "post_train: {corpus: math, epochs: 6, learning_rate: 3e-3}",
                "post_train: &common {corpus: math, epochs: 6, learning_rate: 3e-3}")
            .replace("plain: {}", "plain: {post_train: *common}");

    assertThat(problems(text)).isEmpty();
  }

  private static String laughs(int levels) {
    StringBuilder text = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < levels; i++) {
      text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    return text.toString();
  }

  private static String longTexts() {
    return "a: &a " + "x".repeat(900_000) + "\nb: [" + "*a, ".repeat(9_000) + "*a]\n";
  }

  private static String manyUnknownCorpora() {
    String names = numbered(1_200, "  corpus-with-quite-a-long-name-and-the-number-%d: {}\n");
    String recipes =
        numbered(
            1_200, "  r%d: {pretrain: {corpus: another-corpus-with-a-long-name-and-number-%<d}}\n");
    return BASE.replace("corpora:\n", "corpora:\n" + names)
        .replace("recipes:\n", "recipes:\n" + recipes);
  }

  private static String grid(int first, int second) {
    return with(
        "fine_tune",
        "fine_tune: {corpus: facts, epochs: 1, learning_rate: [%s], weight_decay: [%s]}"
            .formatted(numbers(first, "0.%04d"), numbers(second, "0.%04d")));
  }

  private static String numbers(int count) {
    return numbers(count, "%d");
  }

  private static String numbers(int count, String format) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(format::formatted)
        .collect(Collectors.joining(", "));
  }

  private static String numbered(int count, String format) {
    return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining());
  }
}
