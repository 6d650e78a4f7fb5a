package io.holdfast.data.corpus;

/**
 * Divides a corpus into splits: a pure function of a document's group, whatever else is in the
 * corpus and in whatever order it is read.
 *
 * <p>A group's hash is a point in [0, 1). Test is [0, test), dev is [1 − dev, 1), train is what
 * lies between. So a larger share contains the smaller one's documents, and changing dev leaves
 * test as it was.
 *
 * @param dev expected share of the groups held out for early stopping
 * @param test expected share of the groups held out for reported results
 */
public record CorpusSplit(double dev, double test) {

  /** Part of every corpus id: raised when equal documents would be split or ordered otherwise. */
  public static final int VERSION = 1;

  public CorpusSplit {
    if (!(dev >= 0 && test >= 0 && dev + test < 1)) {
      throw new IllegalArgumentException(
          "dev and test are shares that leave something to train on: " + dev + ", " + test);
    }
  }

  /** The split of a document and of all others in its group. */
  public Split of(DocumentKey key) {
    double point = key.splitPoint();
    if (point < test) {
      return Split.TEST;
    }
    return point >= 1 - dev ? Split.DEV : Split.TRAIN;
  }
}
