package io.holdfast.data.registry;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.corpus.SplitCount;
import java.util.Map;

/**
 * A corpus that was read whole.
 *
 * @param id hash of its documents and split
 * @param definition where it can be read
 * @param splits size of every split
 */
public record RegisteredCorpus(
    String id, CorpusDefinition definition, Map<Split, SplitCount> splits) {

  public RegisteredCorpus {
    splits = Map.copyOf(splits);
  }

  public long documents() {
    return splits.values().stream().mapToLong(SplitCount::documents).sum();
  }

  public long bytes() {
    return splits.values().stream().mapToLong(SplitCount::bytes).sum();
  }

  /** Name, path or task, for messages. */
  public String source() {
    return definition.source();
  }
}
