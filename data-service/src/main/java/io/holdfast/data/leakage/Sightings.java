package io.holdfast.data.leakage;

import io.holdfast.data.leakage.HeldOutText.Held;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What of one held-out text was seen in training text: documents that are there word by word, and
 * grams. Sightings in several training texts add up to those in all of them together, which the
 * numbers that come of them do not: the same document may leak through two corpora, and one whose
 * halves lie in two corpora leaks through neither alone. Immutable.
 */
public final class Sightings {

  /** Four of five grams: a copy with a few words changed, not a common phrase. */
  static final double NEAR = 0.8;

  /** By index of the held-out document. */
  private final BitSet documents;

  /** By index of the gram in the held-out text. */
  private final BitSet grams;

  private Sightings(BitSet documents, BitSet grams) {
    this.documents = documents;
    this.grams = grams;
  }

  /** Copies both, so that a scan may go on. */
  static Sightings of(BitSet documents, BitSet grams) {
    return new Sightings((BitSet) documents.clone(), (BitSet) grams.clone());
  }

  /** Nothing was seen. */
  public static Sightings none() {
    return new Sightings(new BitSet(), new BitSet());
  }

  /** What was seen here or there. */
  public Sightings with(Sightings other) {
    Sightings both = of(documents, grams);
    both.documents.or(other.documents);
    both.grams.or(other.grams);
    return both;
  }

  /**
   * What it amounts to. A document is a duplicate when it was seen word by word, and nearly one
   * when at least {@link #NEAR} of its different grams were.
   *
   * @param heldOut the text that was looked for
   */
  public Overlap in(HeldOutText heldOut) {
    long near = 0;
    String example = null;
    for (int i = 0; i < heldOut.documents().size(); i++) {
      Held held = heldOut.documents().get(i);
      boolean isNear = !documents.get(i) && contained(held, heldOut) >= NEAR;
      near += isNear ? 1 : 0;
      example = example == null && (isNear || documents.get(i)) ? held.place() : example;
    }
    return new Overlap(heldOut.documents().size(), documents.cardinality(), near, example);
  }

  /** The share of a document's different grams that was seen. */
  private double contained(Held held, HeldOutText heldOut) {
    long present = 0;
    for (long gram : held.grams()) {
      present += grams.get(heldOut.indexOf(gram)) ? 1 : 0;
    }
    return (double) present / held.grams().length;
  }

  /** To be kept: a bit a gram before compression, so 125 kB at most. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      write(documents, out);
      write(grams, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The inverse of {@link #toBytes}. */
  public static Sightings fromBytes(byte[] bytes) {
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      return new Sightings(read(in), read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(BitSet set, DataOutputStream out) throws IOException {
    byte[] bits = set.toByteArray();
    out.writeInt(bits.length);
    out.write(bits);
  }

  private static BitSet read(DataInputStream in) throws IOException {
    return BitSet.valueOf(in.readNBytes(in.readInt()));
  }
}
