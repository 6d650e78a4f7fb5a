package io.holdfast.data.corpus;

import io.holdfast.contracts.problem.Problem;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a full reading of a corpus found. */
public sealed interface CorpusInspection {

  /**
   * The corpus can be used.
   *
   * @param id see {@link CorpusIdentity}
   * @param splits every split, empty ones included
   */
  record Usable(String id, Map<Split, SplitCount> splits) implements CorpusInspection {
    public Usable {
      splits = Collections.unmodifiableMap(new EnumMap<>(splits));
    }

    public long documents() {
      return splits.values().stream().mapToLong(SplitCount::documents).sum();
    }

    public long bytes() {
      return splits.values().stream().mapToLong(SplitCount::bytes).sum();
    }
  }

  /** The corpus cannot be used, and why; at least one problem. */
  record Refused(List<Problem> problems) implements CorpusInspection {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a refusal says why");
      }
    }
  }
}
