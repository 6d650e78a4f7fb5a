package io.holdfast.data.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

/** A corpus's files, end to end. */
final class FileSequence {

  private final List<CorpusFile> files;

  /** Bytes before each file; one more at the end. */
  private final long[] before;

  private FileSequence(List<CorpusFile> files, long[] before) {
    this.files = files;
    this.before = before;
  }

  /** Looks at the files' sizes; one that has none any more is a problem. */
  static FileSequence of(List<CorpusFile> files, ProblemLog problems) {
    long[] before = new long[files.size() + 1];
    for (int i = 0; i < files.size(); i++) {
      before[i + 1] = before[i] + size(files.get(i), problems);
    }
    return new FileSequence(files, before);
  }

  private static long size(CorpusFile file, ProblemLog problems) {
    try {
      return Files.size(file.path());
    } catch (IOException e) {
      problems.add(CorpusProblems.unreadable(file.name(), e.toString()));
      return 0;
    }
  }

  private long bytes() {
    return before[files.size()];
  }

  /** Reads what belongs to a part. */
  void read(CorpusPart part, ReadingLimits limits, Consumer<Document> sink, ProblemLog problems) {
    long begin = part.begin(bytes());
    long end = part.end(bytes());
    for (int i = 0; i < files.size() && !problems.full(); i++) {
      if (!has(begin, end, i)) {
        continue;
      }
      if (files.get(i).isCuttable()) {
        long from = Math.max(begin, before[i]) - before[i];
        long to = Math.min(end, before[i + 1]) - before[i];
        files.get(i).readLines(from, to, limits, sink, problems);
      } else {
        files.get(i).read(limits, sink, problems);
      }
    }
  }

  /** Whether something of a file may begin between two offsets. */
  private boolean has(long begin, long end, int file) {
    boolean begins = before[file] >= begin && before[file] < end;
    return begins || files.get(file).isCuttable() && before[file] < end && before[file + 1] > begin;
  }

  /** How many of so many parts have anything. */
  int filled(int parts) {
    int filled = 0;
    int file = 0;
    for (int number = 0; number < parts; number++) {
      CorpusPart part = new CorpusPart(number, parts);
      long begin = part.begin(bytes());
      long end = part.end(bytes());
      while (file < files.size() && before[file + 1] <= begin) {
        file++;
      }
      boolean any = false;
      for (int i = file; i < files.size() && before[i] < end && !any; i++) {
        any = has(begin, end, i);
      }
      filled += any ? 1 : 0;
    }
    return filled;
  }
}
