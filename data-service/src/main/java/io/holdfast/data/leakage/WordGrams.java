package io.holdfast.data.leakage;

import java.util.function.LongConsumer;

/**
 * The 13-grams of a text's words, as 64-bit hashes: the unit in which GPT-3 looked for
 * contamination (Brown et al., arXiv 2005.14165, appendix C). Words are what white space separates,
 * in lower case. A text of fewer words is one gram of all of them.
 *
 * <p>Two of a million different grams have one hash with a chance of about 3 · 10⁻⁸.
 */
final class WordGrams {

  static final int LENGTH = 13;

  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** Odd, so that multiplying loses nothing; 2⁶⁴ over the golden ratio. */
  private static final long BASE = 0x9e3779b97f4a7c15L;

  /** BASE to the power of LENGTH: what the word that leaves a gram was multiplied by. */
  private static final long LEAVING = power();

  private WordGrams() {}

  /** Hands on the hash of every gram, in order; nothing for a text without words. */
  static void forEach(String text, LongConsumer gram) {
    long[] last = new long[LENGTH];
    long rolling = 0;
    int words = 0;
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      long word = FNV_START;
      for (; at < text.length() && !Character.isWhitespace(text.charAt(at)); at++) {
        word = (word ^ Character.toLowerCase(text.charAt(at))) * FNV_PRIME;
      }
      word = mix(word);
      int slot = words % LENGTH;
      rolling = rolling * BASE + word - (words >= LENGTH ? last[slot] * LEAVING : 0);
      last[slot] = word;
      if (++words >= LENGTH) {
        gram.accept(mix(rolling));
      }
    }
    if (words > 0 && words < LENGTH) {
      // Its length keeps a short text apart from a gram.
      gram.accept(mix(rolling + words * BASE));
    }
  }

  private static long power() {
    long power = 1;
    for (int i = 0; i < LENGTH; i++) {
      power *= BASE;
    }
    return power;
  }

  /** SplitMix64's finalizer: every bit of the result depends on every bit of the value. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
