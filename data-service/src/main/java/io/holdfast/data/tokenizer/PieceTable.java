package io.holdfast.data.tokenizer;

import java.util.Arrays;

/**
 * Numbers distinct pieces of text 0, 1, 2, … in the order of their first appearance, without making
 * a String of each occurrence. Not thread-safe.
 */
public final class PieceTable {

  private int[] slots = new int[1 << 12];
  private int[] hashes = new int[1 << 10];
  private int[] starts = new int[(1 << 10) + 1];
  private char[] characters = new char[1 << 14];
  private int size;

  public PieceTable() {
    Arrays.fill(slots, -1);
  }

  /** Distinct pieces so far. */
  public int size() {
    return size;
  }

  /** A piece by its number. */
  public String piece(int number) {
    return new String(characters, starts[number], starts[number + 1] - starts[number]);
  }

  /** The piece's number, or -1 when it is new. */
  public int find(char[] text, int from, int to) {
    return slots[slotOf(text, from, to, hash(text, from, to))];
  }

  /** The piece's number; a new piece gets {@code size()}. */
  public int numberOf(char[] text, int from, int to) {
    int hash = hash(text, from, to);
    int slot = slotOf(text, from, to, hash);
    if (slots[slot] >= 0) {
      return slots[slot];
    }
    slots[slot] = size;
    append(text, from, to, hash);
    if (size * 2 > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void append(char[] text, int from, int to, int hash) {
    int begin = starts[size];
    int end = Math.addExact(begin, to - from);
    if (end > characters.length) {
      characters = Arrays.copyOf(characters, Math.max(end, Math.multiplyExact(begin, 2)));
    }
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
      starts = Arrays.copyOf(starts, size * 2 + 1);
    }
    System.arraycopy(text, from, characters, begin, to - from);
    hashes[size] = hash;
    starts[++size] = end;
  }

  private int slotOf(char[] text, int from, int to, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] >= 0 && !isPiece(slots[slot], text, from, to, hash)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isPiece(int number, char[] text, int from, int to, int hash) {
    return hashes[number] == hash
        && Arrays.equals(characters, starts[number], starts[number + 1], text, from, to);
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    Arrays.fill(slots, -1);
    int mask = slots.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = hashes[number] & mask;
      while (slots[slot] >= 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = number;
    }
  }

  /** FNV-1a over characters, with a finalizer because tables use the low bits. */
  private static int hash(char[] text, int from, int to) {
    int hash = 0x811C9DC5;
    for (int at = from; at < to; at++) {
      hash = (hash ^ text[at]) * 0x01000193;
    }
    hash ^= hash >>> 15;
    hash *= 0x2C1B3C6D;
    return hash ^ hash >>> 13;
  }
}
