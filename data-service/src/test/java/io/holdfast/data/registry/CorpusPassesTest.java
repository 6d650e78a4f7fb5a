package io.holdfast.data.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.data.Notes;
import io.holdfast.data.corpus.CorpusInspection;
import io.holdfast.data.corpus.CorpusInspector;
import io.holdfast.data.corpus.CorpusReader;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.data.corpus.CorpusSources;
import io.holdfast.data.corpus.Document;
import io.holdfast.data.corpus.EmbeddedCorpora;
import io.holdfast.data.corpus.ReadingLimits;
import io.holdfast.data.corpus.TaskDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusPassesTest {

  private static final CorpusDefinition NOTES = CorpusDefinition.files("notes.jsonl", 0.1, 0.1);

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    Files.write(directory.resolve("notes.jsonl"), Notes.lines(200, 1));
  }

  @Test
  void keepsDocumentsWhileAScopeIsOpen() {
    CorpusPasses passes = passes(1 << 20);
    List<Document> outside = pass(passes);
    assertThat(pass(passes)).isEqualTo(outside).hasSize(200);
    assertThat(isSame(pass(passes), outside)).isFalse();
    try (CorpusPasses.Scope _ = passes.keepDocuments()) {
      List<Document> first = pass(passes);
      assertThat(isSame(pass(passes), first)).isTrue();
      try (CorpusPasses.Scope _ = passes.keepDocuments()) {
        assertThat(isSame(pass(passes), first)).isTrue();
      }
      assertThat(isSame(pass(passes), first)).isTrue();
    }
    try (CorpusPasses.Scope _ = passes.keepDocuments()) {
      List<Document> anew = pass(passes);
      assertThat(anew).isEqualTo(outside);
    }
  }

  @Test
  void readsAFileAgainThatChanged() throws IOException {
    CorpusPasses passes = passes(1 << 20);
    try (CorpusPasses.Scope _ = passes.keepDocuments()) {
      pass(passes);
      Files.write(directory.resolve("notes.jsonl"), Notes.lines(201, 1));
      assertThat(pass(passes)).hasSize(201);
    }
  }

  @Test
  void keepsNoMoreThanItsLimit() {
    CorpusPasses passes = passes(1000);
    try (CorpusPasses.Scope _ = passes.keepDocuments()) {
      List<Document> first = pass(passes);
      assertThat(first).hasSize(200);
      assertThat(isSame(pass(passes), first)).isFalse();
    }
  }

  private static List<Document> pass(CorpusPasses passes) {
    List<Document> documents = new ArrayList<>();
    CorpusInspection found =
        passes.over("corpora.notes", NOTES, placed -> documents.add(placed.document()));
    assertThat(found)
        .isInstanceOfSatisfying(
            CorpusInspection.Usable.class,
            usable -> assertThat(usable.documents()).isEqualTo(documents.size()));
    return documents;
  }

  private static boolean isSame(List<Document> one, List<Document> other) {
    return one.getFirst() == other.getFirst() && one.getLast() == other.getLast();
  }

  private CorpusPasses passes(long keepBytes) {
    EmbeddedCorpora embedded = EmbeddedCorpora.shipped();
    CorpusRoots roots = new CorpusRoots(List.of(directory));
    return new CorpusPasses(
        new CorpusInspector(
            new CorpusReader(embedded, roots, ReadingLimits.DEFAULT, TaskDocuments.NONE)),
        new CorpusSources(embedded, roots, ReadingLimits.DEFAULT, TaskDocuments.NONE),
        keepBytes);
  }
}
