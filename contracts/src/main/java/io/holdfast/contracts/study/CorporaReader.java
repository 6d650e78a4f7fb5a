package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.LossScope;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code corpora:}. */
final class CorporaReader {

  static final Map<String, LossScope> LOSSES =
      Map.of("all", LossScope.ALL, "completion", LossScope.COMPLETION);
  private static final String SOURCES =
      "Give embedded: <name> for a shipped corpus, path: <files> for your own, or task:"
          + " <name@version> for a task's documents.";
  private static final String TRAIN = "train";
  private static final double HELD_OUT = 0.05;
  private static final Range DEV = Range.closed(0, 0.5);
  private static final Range TEST = Range.positive(0.5);
  static final Range TOKENS = Range.whole(1, 1_000_000_000_000_000L);

  private final Problems problems;

  CorporaReader(Problems problems) {
    this.problems = problems;
  }

  Map<String, StudyCorpus> read(Mapping corpora) {
    Map<String, StudyCorpus> read = new LinkedHashMap<>();
    corpora
        .entries()
        .forEach(
            (name, tree) -> {
              Names.check(name, tree, "corpus", problems);
              corpus(tree).ifPresent(corpus -> read.put(name, corpus));
            });
    return read;
  }

  private Optional<StudyCorpus> corpus(Tree tree) {
    if (tree.isNull()) {
      problems.at(tree, "missing", "The corpus has no source.", SOURCES);
      return Optional.empty();
    }
    Optional<Section> corpus = Section.of(tree, Vocabulary.CORPUS, problems);
    if (corpus.isEmpty()) {
      return Optional.empty();
    }
    Section section = corpus.get();
    double dev = section.number("dev", DEV).orElse(HELD_OUT);
    double test = section.number("test", TEST).orElse(HELD_OUT);
    Long limit = section.whole("tokens", TOKENS).stream().boxed().findFirst().orElse(null);
    if (!section.exactlyOne(List.of("embedded", "path", "task"), SOURCES)) {
      return Optional.empty();
    }
    LossScope loss = section.choice("loss", LOSSES).orElse(LossScope.ALL);
    return definition(section, dev, test)
        .map(definition -> new StudyCorpus(definition.withLoss(loss), limit));
  }

  private Optional<CorpusDefinition> definition(Section section, double dev, double test) {
    if (section.has("task")) {
      return task(section, dev, test);
    }
    if (section.has("split")) {
      section.problem(
          "split",
          "conflict",
          "Only a task has splits of its own.",
          "Leave split out, or give task.");
    }
    return section
        .text("embedded")
        .map(name -> CorpusDefinition.embedded(name, dev, test))
        .or(() -> section.text("path").map(path -> CorpusDefinition.files(path, dev, test)));
  }

  private static Optional<CorpusDefinition> task(Section section, double dev, double test) {
    String split = section.text("split").orElse(TRAIN);
    return section.task("task").map(name -> CorpusDefinition.ofTask(name, split, dev, test));
  }
}
