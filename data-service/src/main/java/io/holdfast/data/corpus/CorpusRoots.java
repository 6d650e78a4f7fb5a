package io.holdfast.data.corpus;

import java.nio.file.Path;
import java.util.List;

/** The folders below which user corpora may lie. */
public final class CorpusRoots {

  private final List<Path> roots;

  public CorpusRoots(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  List<CorpusFile> resolve(String place, String path, ReadingLimits limits, ProblemLog problems) {
    throw new UnsupportedOperationException("being written: " + roots);
  }
}
