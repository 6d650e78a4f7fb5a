package io.holdfast.data.tokenizer;

import java.util.Arrays;

/**
 * For each pair of adjacent symbols: how often it occurs, and in which words it may occur. A list
 * of words can name a word that has lost the pair since; it never lacks one that has it.
 */
final class PairCounts {

  private static final int[] NONE = new int[0];

  private int[] slots = new int[1 << 12];
  private long[] pairs = new long[1 << 10];
  private long[] counts = new long[1 << 10];
  private int[][] words = new int[1 << 10][];
  private int[] wordCounts = new int[1 << 10];
  private int[] rounds = new int[1 << 10];
  private int size;

  PairCounts() {
    Arrays.fill(slots, -1);
  }

  /** The pair's number; a new pair gets the next one. */
  int numberOf(int left, int right) {
    long pair = (long) left << 32 | right;
    int slot = slotOf(pair);
    if (slots[slot] < 0) {
      slots[slot] = append(pair);
      if (size * 2 > slots.length) {
        rehash();
      }
      return size - 1;
    }
    return slots[slot];
  }

  int left(int number) {
    return (int) (pairs[number] >>> 32);
  }

  int right(int number) {
    return (int) pairs[number];
  }

  int size() {
    return size;
  }

  long count(int number) {
    return counts[number];
  }

  void add(int number, long change) {
    counts[number] += change;
  }

  /** Whether this is the first question about the pair in this round; rounds only grow, from 1. */
  boolean firstIn(int round, int number) {
    boolean first = rounds[number] < round;
    rounds[number] = round;
    return first;
  }

  /** Notes that a word has the pair; words come in any order, each at most once in a row. */
  void addWord(int number, int word) {
    int count = wordCounts[number];
    if (count > 0 && words[number][count - 1] == word) {
      return;
    }
    if (count == words[number].length) {
      words[number] = Arrays.copyOf(words[number], Math.max(4, count * 2));
    }
    words[number][count] = word;
    wordCounts[number]++;
  }

  /** The words that may have the pair, which are then forgotten. */
  int[] takeWords(int number) {
    int[] taken = Arrays.copyOf(words[number], wordCounts[number]);
    words[number] = NONE;
    wordCounts[number] = 0;
    return taken;
  }

  private int append(long pair) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
      words = Arrays.copyOf(words, size * 2);
      wordCounts = Arrays.copyOf(wordCounts, size * 2);
      rounds = Arrays.copyOf(rounds, size * 2);
    }
    pairs[size] = pair;
    words[size] = NONE;
    return size++;
  }

  private int slotOf(long pair) {
    int mask = slots.length - 1;
    int slot = hash(pair) & mask;
    while (slots[slot] >= 0 && pairs[slots[slot]] != pair) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    Arrays.fill(slots, -1);
    for (int number = 0; number < size; number++) {
      slots[slotOf(pairs[number])] = number;
    }
  }

  /** The finalizer of MurmurHash3, 64 bits. */
  private static int hash(long pair) {
    long hash = pair * 0xFF51AFD7ED558CCDL;
    hash ^= hash >>> 33;
    hash *= 0xC4CEB9FE1A85EC53L;
    return (int) (hash ^ hash >>> 33);
  }
}
