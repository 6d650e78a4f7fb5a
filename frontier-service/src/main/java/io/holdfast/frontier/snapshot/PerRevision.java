package io.holdfast.frontier.snapshot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * What is computed of a study as it stands, once for each revision, however many ask at the same
 * time: the others wait for the one that computes. Of each study only the latest that was asked for
 * is kept, and only of the last few studies. A computation that fails is not kept.
 */
public final class PerRevision<T> {

  private static final int STUDIES = 32;

  private final Function<StudySnapshot, T> computation;
  private final Map<String, Kept<T>> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** The text counts too: the same study may be submitted again with other claims. */
  private record Kept<T>(long revision, String source, FutureTask<T> value) {
    boolean isOf(StudySnapshot study) {
      return revision == study.revision() && source.equals(study.source());
    }
  }

  public PerRevision(Function<StudySnapshot, T> computation) {
    this.computation = computation;
  }

  /** The value for the study's revision. */
  public T of(StudySnapshot study) {
    FutureTask<T> value = task(study);
    // Runs at most once; who comes second waits in get.
    value.run();
    try {
      return value.get();
    } catch (ExecutionException e) {
      forget(study, value);
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another request computed", e);
    }
  }

  private synchronized FutureTask<T> task(StudySnapshot study) {
    Kept<T> known = kept.get(study.id());
    if (known == null || !known.isOf(study)) {
      known =
          new Kept<>(
              study.revision(), study.source(), new FutureTask<>(() -> computation.apply(study)));
      kept.put(study.id(), known);
      if (kept.size() > STUDIES) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
    return known.value();
  }

  private synchronized void forget(StudySnapshot study, FutureTask<T> value) {
    Kept<T> known = kept.get(study.id());
    if (known != null && known.value() == value) {
      kept.remove(study.id());
    }
  }
}
