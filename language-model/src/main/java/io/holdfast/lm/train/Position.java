package io.holdfast.lm.train;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far a stage has come. The data order is a function of the sequence's number, so this is all
 * that the data needs to go on.
 *
 * @param step optimizer steps done
 * @param sequences sequences trained on; the number of the next one
 * @param tokens trained tokens
 * @param tokensByCorpus trained tokens by corpus id
 * @param trainingSeconds time spent in training steps, over all attempts
 */
record Position(
    long step,
    long sequences,
    long tokens,
    Map<String, Long> tokensByCorpus,
    double trainingSeconds) {

  static final Position START = new Position(0, 0, 0, Map.of(), 0);

  Position {
    tokensByCorpus = Map.copyOf(tokensByCorpus);
  }

  /** The position one optimizer step later. */
  Position after(Batch batch, double seconds) {
    Map<String, Long> byCorpus = new TreeMap<>(tokensByCorpus);
    batch.tokensByCorpus().forEach((corpus, count) -> byCorpus.merge(corpus, count, Long::sum));
    return new Position(
        step + 1,
        sequences + batch.sequences(),
        tokens + batch.tokens(),
        byCorpus,
        trainingSeconds + seconds);
  }
}
