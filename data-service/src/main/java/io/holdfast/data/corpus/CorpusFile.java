package io.holdfast.data.corpus;

import io.holdfast.data.corpus.Decompression.ExpansionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One file of a user's corpus.
 *
 * @param path the real path, below an allowed root
 * @param name as the user would call it
 */
record CorpusFile(Path path, String name) {

  FileFormat format() {
    return FileFormat.of(name);
  }

  /** Whether a reader can begin in the middle: at any line. */
  boolean isCuttable() {
    return format() == FileFormat.JSONL && compression() == Decompression.NONE;
  }

  private Decompression compression() {
    return Decompression.of(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Hands on the documents whose lines begin in a range of bytes; of a file that {@linkplain
   * #isCuttable can be cut}. In problems the lines are counted from the first that is read.
   */
  void readLines(
      long from, long to, ReadingLimits limits, Consumer<Document> sink, ProblemLog problems) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      // The line that ends just before the range says where the first one of it begins.
      long start = Math.max(0, from - 1);
      InputStream in = Channels.newInputStream(file.position(start));
      new JsonlRecords(limits, problems)
          .read(name, new LineReader(in, limits.maxDocumentBytes(), start), from, to, sink);
    } catch (IOException e) {
      problems.add(CorpusProblems.unreadable(name, e.toString()));
    }
  }

  /** Hands on the file's documents; every failure to read it is a problem with its name. */
  void read(ReadingLimits limits, Consumer<Document> sink, ProblemLog problems) {
    try (InputStream file = Files.newInputStream(path);
        InputStream in = compression().open(file, limits)) {
      switch (format()) {
        case JSONL -> new JsonlRecords(limits, problems).read(name, in, sink);
        case TEXT -> TextFile.read(name, in, limits, sink, problems);
        case UNSUPPORTED ->
            problems.add(CorpusProblems.unsupportedFormat(name, FileFormat.ending(name)));
      }
    } catch (ExpansionException e) {
      problems.add(CorpusProblems.expandsTooMuch(name, limits.maxExpansion()));
    } catch (IOException e) {
      problems.add(
          Decompression.isDamage(e)
              ? CorpusProblems.damaged(name, e.getMessage())
              : CorpusProblems.unreadable(name, e.toString()));
    }
  }
}
