package io.holdfast.data.leakage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.data.corpus.Document;
import io.holdfast.data.corpus.DocumentKey;
import io.holdfast.data.corpus.PlacedDocument;
import io.holdfast.data.corpus.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OverlapScanTest {

  @Test
  void findsCopiesAndCopiesWithChangesAndNothingElse() {
    List<String> heldOut =
        List.of(words(1, 200, 9999), words(2, 200, 9999), words(3, 200, 9999), words(4, 5, 9999));
    String changed = heldOut.get(1).replaceFirst(" (\\w+) ", " other ");
    List<String> trained =
        List.of(
            words(5, 500, 9999),
            heldOut.get(0),
            words(6, 50, 9999) + " " + changed.toUpperCase(Locale.ROOT) + " " + words(7, 50, 9999),
            heldOut.get(3));

    Overlap overlap = scan(heldOut, trained, 1);

    assertThat(overlap).isEqualTo(new Overlap(4, 2, 1, overlap.example()));
    assertThat(overlap.example()).isIn("held:0", "held:1", "held:3");
    assertThat(scan(List.of(heldOut.get(2)), trained, 1)).isEqualTo(new Overlap(1, 0, 0, null));
  }

  @Test
  void halfOfADocumentIsNotNearlyAllOfIt() {
    String whole = words(1, 200, 9999);
    String half = whole.substring(0, whole.length() / 2);

    assertThat(scan(List.of(whole), List.of(half), 1).nearDuplicates()).isZero();
    // It counts where its parts were found, not in how many documents.
    assertThat(
            scan(List.of(whole), List.of(half, whole.substring(whole.length() / 2 - 100)), 1)
                .nearDuplicates())
        .isEqualTo(1);
  }

  @Test
  void onlyThePartThatIsTrainedOnIsRead() {
    List<String> texts = IntStream.range(0, 400).mapToObj(i -> words(i, 30, 9999)).toList();

    assertThat(scan(texts, texts, 0).duplicates()).isZero();
    // A binomial count of 400 · 0.25: within four standard deviations.
    assertThat(scan(texts, texts, 0.25).duplicates()).isBetween(66L, 134L);
    assertThat(scan(texts, texts, 1).duplicates()).isEqualTo(400);
  }

  @Test
  void aLargeHeldOutSplitIsCutToItsFirstDocuments() {
    HeldOutText.Builder builder = new HeldOutText.Builder(1000);
    List<PlacedDocument> documents =
        IntStream.range(0, 100).mapToObj(i -> placed(words(i, 62, 9999), "held:" + i)).toList();
    documents.forEach(builder::add);

    // 62 words have 50 grams.
    assertThat(builder.build().documents())
        .extracting(HeldOutText.Held::text)
        .isEqualTo(documents.stream().map(PlacedDocument::order).sorted().limit(20).toList());
  }

  /** Against sets of strings; few different words make many documents share grams. */
  @Property(tries = 100)
  void agreesWithSetsOfStrings(@ForAll @IntRange(max = 1_000_000) int seed) {
    Random random = new Random(seed);
    List<String> heldOut = texts(random);
    List<String> trained = texts(random);
    Set<Set<String>> seen = new HashSet<>();
    Set<String> grams = new HashSet<>();
    trained.forEach(text -> grams.addAll(grams(text)));
    long near = 0;
    long exact = 0;
    List<String> distinct = heldOut.stream().distinct().toList();
    for (String text : distinct) {
      Set<String> own = grams(text);
      seen.add(own);
      long present = own.stream().filter(grams::contains).count();
      boolean isExact = trained.contains(text);
      exact += isExact ? 1 : 0;
      near += !isExact && present >= 0.8 * own.size() ? 1 : 0;
    }

    Overlap overlap = scan(distinct, trained, 1);

    assertThat(overlap.duplicates()).isEqualTo(exact);
    assertThat(overlap.nearDuplicates()).isEqualTo(near);
  }

  /** What was seen here and there adds up to what one scan of both sees, kept or not. */
  @Property(tries = 100)
  void sightingsAddUp(@ForAll @IntRange(max = 1_000_000) int seed) {
    Random random = new Random(seed);
    HeldOutText heldOut = heldOut(texts(random).stream().distinct().toList());
    List<String> one = texts(random);
    List<String> other = texts(random);

    Sightings together = seen(heldOut, one, 1).with(seen(heldOut, other, 1));

    List<String> both = new ArrayList<>(one);
    both.addAll(other);
    assertThat(together.in(heldOut)).isEqualTo(seen(heldOut, both, 1).in(heldOut));
    assertThat(Sightings.fromBytes(together.toBytes()).in(heldOut)).isEqualTo(together.in(heldOut));
  }

  @Test
  void halvesInTwoCorporaAreAWholeDocument() {
    String whole = words(1, 200, 9999);
    HeldOutText heldOut = heldOut(List.of(whole));
    Sightings first = seen(heldOut, List.of(whole.substring(0, whole.length() / 2)), 1);
    Sightings second = seen(heldOut, List.of(whole.substring(whole.length() / 2 - 100)), 1);

    assertThat(first.in(heldOut).nearDuplicates()).isZero();
    assertThat(second.in(heldOut).nearDuplicates()).isZero();
    assertThat(first.with(second).in(heldOut)).isEqualTo(new Overlap(1, 0, 1, "held:0"));
    assertThat(Sightings.none().in(heldOut)).isEqualTo(new Overlap(1, 0, 0, null));
  }

  @Test
  void gramsIgnoreCaseAndTheWidthOfWhiteSpace() {
    String text = words(1, 40, 9999);

    assertThat(hashes("  " + text.replace(" ", "\n\t ").toUpperCase(Locale.ROOT)))
        .isEqualTo(hashes(text))
        .hasSize(28);
    assertThat(hashes("a b c")).hasSize(1).isNotEqualTo(hashes("a b c d"));
    assertThat(hashes(" \n")).isEmpty();
  }

  private static long[] hashes(String text) {
    LongStream.Builder hashes = LongStream.builder();
    WordGrams.forEach(text, hashes);
    return hashes.build().toArray();
  }

  private static Set<String> grams(String text) {
    List<String> words = Arrays.asList(text.split(" "));
    Set<String> grams = new HashSet<>();
    if (words.size() < 13) {
      grams.add(text);
    }
    for (int i = 0; i + 13 <= words.size(); i++) {
      grams.add(String.join(" ", words.subList(i, i + 13)));
    }
    return grams;
  }

  private static List<String> texts(Random random) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      // Pieces of two long texts, so that there is something in common.
      String source = words(random.nextInt(2), 60, 9999);
      List<String> words = Arrays.asList(source.split(" "));
      int from = random.nextInt(20);
      int to = from + 8 + random.nextInt(32);
      String piece = String.join(" ", words.subList(from, to));
      texts.add(random.nextInt(3) == 0 ? piece + " " + words(random.nextInt(), 9, 99) : piece);
    }
    return texts;
  }

  private static Overlap scan(List<String> heldOut, List<String> trained, double part) {
    HeldOutText text = heldOut(heldOut);
    return seen(text, trained, part).in(text);
  }

  private static HeldOutText heldOut(List<String> texts) {
    HeldOutText.Builder builder = new HeldOutText.Builder();
    for (int i = 0; i < texts.size(); i++) {
      builder.add(placed(texts.get(i), "held:" + i));
    }
    return builder.build();
  }

  private static Sightings seen(HeldOutText heldOut, List<String> trained, double part) {
    OverlapScan scan = new OverlapScan(heldOut, part);
    trained.forEach(text -> OverlapScan.add(placed(text, "trained"), List.of(scan)));
    return scan.sightings();
  }

  private static PlacedDocument placed(String text, String place) {
    Document document = Document.ungrouped(text, place);
    DocumentKey key = DocumentKey.of(document);
    return new PlacedDocument(document, Split.TEST, key.order(), key.bytes());
  }

  private static String words(int seed, int count, int different) {
    return new Random(seed)
        .ints(count, 0, different)
        .mapToObj(i -> "w" + i)
        .collect(Collectors.joining(" "));
  }
}
