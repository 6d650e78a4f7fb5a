package io.holdfast.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CorpusSplitTest {

  private static final int MANY = 20_000;

  /** The expected values were computed with Python's hashlib from the documented formula. */
  @Test
  void followsTheDocumentedFormulaForEver() {
    assertKey(
        Document.ungrouped("Call me Ishmael.", "p"),
        0.025582953309280954,
        "ced6fbb1dcc0f4fb8fb0e6eb4ab1aaef");
    assertKey(
        Document.ungrouped("Größe — 大きさ", "p"),
        0.42312079552213644,
        "2ff61192cf345bc98e73b4fed02f90f8");
    assertKey(
        new Document("x", "emma/chapter-001", "p"),
        0.30678524008097785,
        "dce46741745578668f68d0973b511b02");
  }

  private static void assertKey(Document document, double point, String order) {
    DocumentKey key = DocumentKey.of(document);
    assertThat(key.splitPoint()).isEqualTo(point);
    assertThat("%016x%016x".formatted(key.order().high(), key.order().low())).isEqualTo(order);
  }

  @Test
  void takesTestFromTheBottomAndDevFromTheTop() {
    DocumentKey low = DocumentKey.of(Document.ungrouped("Call me Ishmael.", "p")); // 0.0256
    assertThat(new CorpusSplit(0, 0.0256).of(low)).isEqualTo(Split.TEST);
    assertThat(new CorpusSplit(0, 0.0255).of(low)).isEqualTo(Split.TRAIN);
    assertThat(new CorpusSplit(0.9745, 0).of(low)).isEqualTo(Split.DEV);
    assertThat(new CorpusSplit(0.9743, 0).of(low)).isEqualTo(Split.TRAIN);
    assertThat(new CorpusSplit(0, 0).of(low)).isEqualTo(Split.TRAIN);
  }

  @Test
  void sharesLieWithinFiveStandardDeviationsOfWhatIsAskedFor() {
    CorpusSplit split = new CorpusSplit(0.05, 0.1);
    Map<Split, Long> counts =
        documents(MANY)
            .collect(
                Collectors.groupingBy(
                    document -> split.of(DocumentKey.of(document)),
                    () -> new EnumMap<>(Split.class),
                    Collectors.counting()));
    assertThat((double) counts.get(Split.TEST)).isCloseTo(0.1 * MANY, within(5 * sd(0.1)));
    assertThat((double) counts.get(Split.DEV)).isCloseTo(0.05 * MANY, within(5 * sd(0.05)));
  }

  private static double sd(double share) {
    return Math.sqrt(MANY * share * (1 - share));
  }

  @Test
  void aLargerShareHoldsTheSmallerOnesDocuments() {
    assertThat(members(new CorpusSplit(0, 0.2), Split.TEST))
        .containsAll(members(new CorpusSplit(0, 0.05), Split.TEST))
        .hasSizeGreaterThan(members(new CorpusSplit(0, 0.05), Split.TEST).size());
    assertThat(members(new CorpusSplit(0.2, 0), Split.DEV))
        .containsAll(members(new CorpusSplit(0.05, 0), Split.DEV));
  }

  @Test
  void changingDevLeavesTestAsItWas() {
    assertThat(members(new CorpusSplit(0.3, 0.1), Split.TEST))
        .isEqualTo(members(new CorpusSplit(0, 0.1), Split.TEST));
  }

  @Test
  void aGroupIsNeverDivided() {
    CorpusSplit split = new CorpusSplit(0.3, 0.3);
    Map<String, Set<Split>> splitsOfGroup =
        IntStream.range(0, 5_000)
            .mapToObj(i -> new Document("text " + i, "group " + i % 500, "p"))
            .collect(
                Collectors.groupingBy(
                    Document::group,
                    Collectors.mapping(
                        document -> split.of(DocumentKey.of(document)), Collectors.toSet())));
    assertThat(splitsOfGroup)
        .hasSize(500)
        .allSatisfy((group, splits) -> assertThat(splits).hasSize(1));
    assertThat(splitsOfGroup.values().stream().flatMap(Set::stream).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Split.values());
  }

  @Test
  void theOrderWithinASplitDoesNotFollowTheFileOrTheGroup() {
    List<Integer> order =
        IntStream.range(0, 1_000)
            .boxed()
            .sorted(
                Comparator.comparing(i -> DocumentKey.of(new Document("t" + i, "g", "p")).order()))
            .toList();
    long ascents = IntStream.range(1, 1_000).filter(i -> order.get(i) > order.get(i - 1)).count();
    assertThat(ascents).isBetween(430L, 570L); // 499.5 ± 9.1 for a random order
    assertThat(new HashSet<>(order)).hasSize(1_000);
  }

  @Test
  void equalTextsOfDifferentGroupsHaveEqualOrder() {
    assertThat(DocumentKey.of(new Document("same", "a", "p")).order())
        .isEqualTo(DocumentKey.of(new Document("same", "b", "q")).order());
  }

  @Test
  void ordersAsUnsignedBigEndian() {
    assertThat(new OrderKey(-1, 0)).isGreaterThan(new OrderKey(1, 0));
    assertThat(new OrderKey(1, -1)).isGreaterThan(new OrderKey(1, 1));
    assertThat(new OrderKey(1, 1)).isLessThan(new OrderKey(2, 0));
  }

  @Test
  void refusesSharesThatLeaveNothing() {
    assertThatThrownBy(() -> new CorpusSplit(0.5, 0.5)).hasMessageContaining("0.5");
    assertThatThrownBy(() -> new CorpusSplit(-0.1, 0.5)).hasMessageContaining("-0.1");
    assertThatThrownBy(() -> new CorpusSplit(Double.NaN, 0)).hasMessageContaining("NaN");
  }

  private static Set<String> members(CorpusSplit split, Split wanted) {
    return documents(5_000)
        .filter(document -> split.of(DocumentKey.of(document)) == wanted)
        .map(Document::text)
        .collect(Collectors.toSet());
  }

  private static Stream<Document> documents(int count) {
    return IntStream.range(0, count).mapToObj(i -> Document.ungrouped("document " + i, "p:" + i));
  }
}
