package io.holdfast.data.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SequencedSet;

/**
 * Trains a byte-level BPE: while symbols are wanted, the most frequent pair of adjacent symbols
 * becomes a symbol (Sennrich et al. 2016, arXiv 1508.07909). Of equally frequent pairs the one with
 * the lowest ids is taken, left id first, so the result is a pure function of the counts. Alphabet,
 * ids and ties are those of Hugging Face's {@code BpeTrainer}.
 *
 * <p>Pair counts are kept up to date merge by merge; a heap orders the candidates. Its entries can
 * be too high, never too low, so a popped entry that still holds is the maximum.
 */
public final class BpeTrainer {

  private record Candidate(long count, int left, int right, int number) {}

  private static final Comparator<Candidate> MOST_FREQUENT =
      Comparator.comparingLong(Candidate::count)
          .reversed()
          .thenComparingInt(Candidate::left)
          .thenComparingInt(Candidate::right);

  private final List<String> symbols = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final SequencedSet<BpeModel.Merge> merges = new LinkedHashSet<>();
  private int round;
  private final PairCounts pairs = new PairCounts();
  private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(MOST_FREQUENT);

  /** Symbols of each distinct piece, shortened by every merge. */
  private final int[][] words;

  private final long[] frequencies;

  private BpeTrainer(PieceCounts pieces) {
    symbols.add(BpeModel.END_OF_TEXT);
    symbols.addAll(ByteSymbols.alphabet());
    symbols.forEach(symbol -> ids.put(symbol, ids.size()));
    words = new int[pieces.size()][];
    frequencies = new long[pieces.size()];
    int[] idOfByte = new int[256];
    for (int b = 0; b < 256; b++) {
      idOfByte[b] = ids.get(Character.toString(ByteSymbols.of((byte) b)));
    }
    for (int word = 0; word < words.length; word++) {
      byte[] bytes = pieces.piece(word).getBytes(StandardCharsets.UTF_8);
      words[word] = new int[bytes.length];
      for (int at = 0; at < bytes.length; at++) {
        words[word][at] = idOfByte[bytes[at] & 0xFF];
      }
      frequencies[word] = pieces.count(word);
    }
  }

  /**
   * Trains on counted pieces.
   *
   * @param vocabSize wanted symbols, {@link BpeModel#MIN_SYMBOLS} or more
   * @return a model with that many symbols, or with fewer when no pair is left to merge
   */
  public static BpeModel train(PieceCounts pieces, int vocabSize) {
    if (vocabSize < BpeModel.MIN_SYMBOLS) {
      throw new IllegalArgumentException("a vocabulary holds every byte: " + vocabSize);
    }
    BpeTrainer trainer = new BpeTrainer(pieces);
    trainer.countPairs();
    trainer.mergeUpTo(vocabSize);
    return new BpeModel(trainer.symbols, List.copyOf(trainer.merges));
  }

  private void countPairs() {
    for (int word = 0; word < words.length; word++) {
      int[] symbolsOfWord = words[word];
      for (int at = 0; at + 1 < symbolsOfWord.length; at++) {
        int pair = pairs.numberOf(symbolsOfWord[at], symbolsOfWord[at + 1]);
        pairs.add(pair, frequencies[word]);
        pairs.addWord(pair, word);
      }
    }
    for (int pair = 0; pair < pairs.size(); pair++) {
      offer(pair);
    }
  }

  private void offer(int pair) {
    if (pairs.count(pair) > 0) {
      candidates.add(new Candidate(pairs.count(pair), pairs.left(pair), pairs.right(pair), pair));
    }
  }

  private void mergeUpTo(int vocabSize) {
    while (symbols.size() < vocabSize && !candidates.isEmpty()) {
      Candidate top = candidates.poll();
      if (top.count() == pairs.count(top.number())) {
        merge(top);
      } else {
        offer(top.number());
      }
    }
  }

  private void merge(Candidate pair) {
    BpeModel.Merge merge = new BpeModel.Merge(symbols.get(pair.left()), symbols.get(pair.right()));
    int merged = idOf(merge.merged());
    merges.add(merge);
    List<Integer> grown = new ArrayList<>();
    round++;
    for (int word : pairs.takeWords(pair.number())) {
      rewrite(word, pair, merged, grown);
    }
    grown.forEach(this::offer);
  }

  /** A symbol that two different merges spell is one symbol. */
  private int idOf(String symbol) {
    return ids.computeIfAbsent(
        symbol,
        added -> {
          symbols.add(added);
          return symbols.size() - 1;
        });
  }

  private void rewrite(int word, Candidate pair, int merged, List<Integer> grown) {
    int[] before = words[word];
    int[] after = new int[before.length];
    int length = 0;
    for (int at = 0; at < before.length; at++) {
      boolean found =
          before[at] == pair.left() && at + 1 < before.length && before[at + 1] == pair.right();
      after[length++] = found ? merged : before[at];
      at += found ? 1 : 0;
    }
    if (length == before.length) {
      return;
    }
    words[word] = Arrays.copyOf(after, length);
    long frequency = frequencies[word];
    for (int at = 0; at + 1 < before.length; at++) {
      pairs.add(pairs.numberOf(before[at], before[at + 1]), -frequency);
    }
    for (int at = 0; at + 1 < length; at++) {
      int number = pairs.numberOf(after[at], after[at + 1]);
      pairs.add(number, frequency);
      if (after[at] == merged || after[at + 1] == merged) {
        pairs.addWord(number, word);
        if (pairs.firstIn(round, number)) {
          grown.add(number);
        }
      }
    }
  }
}
