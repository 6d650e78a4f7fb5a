package io.holdfast.data.corpus;

import io.holdfast.data.corpus.Decompression.ExpansionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Hands on the file's documents; every failure to read it is a problem with its name. */
  void read(ReadingLimits limits, Consumer<Document> sink, ProblemLog problems) {
    Decompression compression = Decompression.of(name.toLowerCase(Locale.ROOT));
    try (InputStream file = Files.newInputStream(path);
        InputStream in = compression.open(file, limits)) {
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
