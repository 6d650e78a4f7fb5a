package io.holdfast.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.corpus.EmbeddedCorpus.Part;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddedCorporaTest {

  private static final EmbeddedCorpora CORPORA = EmbeddedCorpora.shipped();
  private static final CorpusReader READER =
      new CorpusReader(
          CORPORA, new CorpusRoots(List.of()), ReadingLimits.DEFAULT, TaskDocuments.NONE);

  static Stream<EmbeddedCorpus> corpora() {
    return CORPORA.all().stream();
  }

  @ParameterizedTest
  @MethodSource("corpora")
  void theCatalogSaysExactlyWhatShips(EmbeddedCorpus corpus) throws Exception {
    for (Part part : corpus.parts()) {
      try (InputStream resource = EmbeddedCorpora.open(part.resource())) {
        byte[] content = resource.readAllBytes();
        assertThat(HexFormat.of().formatHex(DocumentKey.sha256(content)))
            .as(part.resource())
            .isEqualTo(part.sha256());
      }
    }
    CorpusIdentity identity = new CorpusIdentity();
    CorpusInspection inspection =
        new CorpusInspector(READER)
            .inspect(
                "c",
                definition(corpus.name()),
                placed -> identity.add(DocumentKey.of(placed.document())));
    assertThat(inspection).isInstanceOf(CorpusInspection.Usable.class);
    CorpusInspection.Usable usable = (CorpusInspection.Usable) inspection;
    assertThat(usable.documents()).isEqualTo(corpus.documents());
    assertThat(usable.bytes()).isEqualTo(corpus.bytes());
    assertThat(identity.contentHash()).isEqualTo(corpus.contentHash());
    assertThat(usable.splits().get(Split.TEST).documents()).isGreaterThan(20);
  }

  @Test
  void shipsTheCorporaThatStudiesName() {
    assertThat(CORPORA.all().stream().map(EmbeddedCorpus::name))
        .contains("english-prose", "metamath", "factbook", "wordnet", "java-code");
  }

  @Test
  void proseHasNoBoilerplateMarkupOrControlCharacters() {
    Pattern unwanted =
        Pattern.compile(
            "(?i)gutenberg|&(quot|amp|lt|gt|[mn]dash|nbsp|#\\d+);|</?[a-z]+>"
                + "|[\\x00-\\x09\\x0b-\\x1f\\x7f]");
    List<String> found = new ArrayList<>();
    READER.read(
        "c",
        definition("english-prose"),
        document -> {
          unwanted.matcher(document.text()).results().forEach(m -> found.add(document.place()));
          if (document.text().length() < 200) {
            found.add(document.place());
          }
        });
    assertThat(found).isEmpty();
  }

  @Test
  void pairsHaveAQuestionAndAnAnswer() {
    assertThat(placesWithout("factbook", "Question: [^\n]+\\?\nAnswer: \\S[^\n]*")).isEmpty();
    assertThat(placesWithout("metamath", "[^\n]+\n\\|- [^\n]+")).isEmpty();
    assertThat(placesWithout("wordnet", "[^\n]+\\?\n[^\n]+|Use [^\n]+ in an example.\n(?s:.)+"))
        .isEmpty();
  }

  @Test
  void codeHasNoLicenceHeaders() {
    assertThat(placesWithout("java-code", "(?s)(package|import|@|/\\*\\*|//|/\\*|module).*"))
        .isEmpty();
    assertThat(placesWithout("java-code", "(?s)(?!.{0,300}Licensed to the Apache).*")).isEmpty();
  }

  @Test
  void keepsDocumentationAndDropsOnlyNotices() {
    assertThat(
            JavaSources.withoutNotice("/*\n * Copyright X\n */\r\n\r\n/** Doc. */\npackage a;\n"))
        .isEqualTo("/** Doc. */\npackage a;\n");
    assertThat(
            JavaSources.withoutNotice(
                "// This file has been automatically generated\n\n/* Licensed to */\npackage a;"))
        .isEqualTo("package a;");
    assertThat(JavaSources.withoutNotice("/* A thought. */\npackage a;"))
        .isEqualTo("/* A thought. */\npackage a;");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    List<Problem> problems = READER.read("corpora.base", definition("english-pose"), d -> {});
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo("unknown-corpus");
    assertThat(problems.getFirst().path()).isEqualTo("corpora.base.embedded");
    assertThat(problems.getFirst().value()).isEqualTo("english-pose");
    assertThat(problems.getFirst().remedy()).contains("Did you mean english-prose?");
  }

  private static CorpusDefinition definition(String embedded) {
    return CorpusDefinition.embedded(embedded, 0.05, 0.05);
  }

  /** Where documents lie that do not match. */
  private static List<String> placesWithout(String corpus, String pattern) {
    Pattern expected = Pattern.compile(pattern);
    List<String> places = new ArrayList<>();
    READER.read(
        "c",
        definition(corpus),
        document -> {
          if (!expected.matcher(document.text()).matches()) {
            places.add(document.place());
          }
        });
    return places;
  }
}
