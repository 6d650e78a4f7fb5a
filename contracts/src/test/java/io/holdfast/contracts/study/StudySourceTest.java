package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Studies of several files, and values set on the command line. */
class StudySourceTest {

  private static final String SMALL =
      """
      include: common/base.yaml
      study: small
      stages:
        post_train: {tokens: 9k}
      corpora:
        math: {tokens: 20k}
      """;

  private static final String UNSEEDED = BASE.replaceAll("seeds: .*\\n", "");

  @TempDir Path folder;

  static List<Path> shipped() {
    return Studies.shipped();
  }

  @Test
  void ownValuesTakeThePlaceOfIncludedOnesKeyByKey() throws IOException {
    write("common/base.yaml", BASE);
    StudyFile study = valid(SMALL);

    assertThat(study.name()).isEqualTo("small");
    assertThat(study.seeds()).containsExactly(1L, 2L);
    assertThat(study.corpora().get("math").limitTokens()).isEqualTo(20_000);
    assertThat(study.corpora().get("math").definition().embedded()).isEqualTo("metamath");
    StageSettings stage = study.recipes().getFirst().postTrain().getFirst().settings();
    assertThat(stage.budget()).isEqualTo(Budget.ofTokens(9_000));
    assertThat(stage.optimization().peakLearningRate()).isEqualTo(3e-3);
  }

  @Test
  void includesFollowEachOtherAndMayIncludeThemselves() throws IOException {
    write("common/base.yaml", "include: deep/models.yaml\n" + BASE.replaceAll("model: .*\\n", ""));
    write("common/deep/models.yaml", "model: {preset: tiny-1m}\nseeds: [8]\n");
    write("seeds.yaml", "seeds: [5]\n");

    StudyFile study = valid("include: [common/base.yaml, seeds.yaml]\n");

    assertThat(study.model()).isInstanceOf(ModelDefinition.class);
    assertThat(study.seeds()).containsExactly(5L);
  }

  /** One file serves several scales: which file it includes is a parameter. */
  @ParameterizedTest
  @CsvSource({
    "'', '', 3",
    "'parameters: {scale: middle}', '', 5",
    "'parameters: {scale: middle}', 'parameters.scale=large', 7",
    "'', parameters.scale=large, 7"
  })
  void theNameOfAnIncludedFileMayHoldParameters(String own, String override, long seed)
      throws IOException {
    write("common.yaml", "include: [scale.yaml, 'scales/${scale}.yaml']\n" + UNSEEDED);
    write("scale.yaml", "parameters: {scale: small}\n");
    write("scales/small.yaml", "seeds: [3]\n");
    write("scales/middle.yaml", "seeds: [5]\n");
    write("scales/large.yaml", "seeds: [7]\n");
    String text = "include: common.yaml\n" + own;

    StudyFile study = override.isEmpty() ? valid(text) : valid(text, override);

    assertThat(study.seeds()).containsExactly(seed);
  }

  @Test
  void aParameterThatIsMissingInAFilesNameIsNamed() throws IOException {
    write("common.yaml", BASE);

    assertThat(problems("include: ['${what}.yaml', common.yaml]\nparameters: {whta: common}\n"))
        .extracting(Problem::code, Problem::line, Problem::path)
        .contains(tuple("unknown-parameter", 1, "include[0]"));
  }

  /** What a service gets has no files, and means the same. */
  @ParameterizedTest
  @MethodSource("shipped")
  void theOneTextMeansTheSame(Path file) throws IOException {
    StudySource source =
        StudySource.of(
            file, Files.readString(file), List.of("seeds=[11, 12]", "question='why: #1?'"));
    StudyFile study = source.parsed().orThrow();

    assertThat(study.seeds()).containsExactly(11L, 12L);
    assertThat(study.question()).isEqualTo("why: #1?");
    assertThat(StudyParser.parse(source.text()).orThrow())
        .usingRecursiveComparison()
        .ignoringFields("lines")
        .isEqualTo(study);
    assertThat(source.text()).startsWith("# Put together from " + file.getFileName());
  }

  @Test
  void aFileOfItsOwnIsSentAsItIsWritten() {
    assertThat(source(BASE).text()).isEqualTo(BASE);
  }

  @Test
  void problemsNameTheFileThatTheyStandIn() throws IOException {
    write(
        "common/base.yaml", BASE.replace("epochs: 1,", "epohcs: 1,").replace("[1, 2]", "[1, -2]"));

    assertThat(problems(SMALL.replace("9k", "many")))
        .extracting(Problem::file, Problem::line, Problem::path)
        .contains(
            tuple(null, 4, "stages.post_train.tokens"),
            tuple("common/base.yaml", 11, "stages.fine_tune.epohcs"),
            tuple("common/base.yaml", 14, "seeds[1]"));
  }

  @Test
  void problemsThatAServiceFindsInTheOneTextGoBackToTheirFile() throws IOException {
    write("common/base.yaml", BASE);
    Problem found = new Problem("any", "corpora.prose", 40, null, "It is bad.", "Mend it.");

    assertThat(source(SMALL).located(found))
        .returns("common/base.yaml", Problem::file)
        .returns(5, Problem::line);
  }

  @ParameterizedTest
  @CsvSource({
    "../outside.yaml, include-outside",
    "/etc/hostname, include-outside",
    "link.yaml, include-outside",
    "nowhere.yaml, include-missing",
    "common, include-missing",
    "'', wrong-type",
    "{a: b}, wrong-type"
  })
  void onlyFilesBelowAreIncluded(String include, String code) throws IOException {
    Path outside = Files.createTempFile("outside", ".yaml");
    Files.createDirectories(folder.resolve("common"));
    Files.createSymbolicLink(folder.resolve("link.yaml"), outside);

    assertThat(problems("study: x\ninclude: %s\n".formatted(include)))
        .anySatisfy(
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.path()).isEqualTo("include");
            });
    Files.delete(outside);
  }

  @Test
  void aCycleIsRefusedWhereItCloses() throws IOException {
    write("a.yaml", "\ninclude: study.yaml\n");
    write("study.yaml", "include: a.yaml\n");

    assertThat(problems("include: a.yaml\n"))
        .extracting(Problem::code, Problem::file, Problem::line)
        .contains(tuple("include-cycle", "a.yaml", 2));
  }

  @Test
  void brokenIncludedFilesSayWhere() throws IOException {
    write("bad.yaml", "study: x\nmodel: {\n");
    write("list.yaml", "[1, 2]\n");

    assertThat(problems("include: [bad.yaml, list.yaml]\n"))
        .extracting(Problem::code, Problem::file)
        .contains(tuple("syntax", "bad.yaml"), tuple("wrong-type", "list.yaml"));
  }

  @Test
  void aTextOnItsOwnCannotInclude() {
    assertThat(Studies.problems("include: a.yaml\n" + BASE))
        .extracting(Problem::code)
        .containsExactly("include-unresolved");
  }

  private StudySource source(String text, String... overrides) {
    return StudySource.of(folder.resolve("study.yaml"), text, List.of(overrides));
  }

  private StudyFile valid(String text, String... overrides) {
    return source(text, overrides).parsed().orThrow();
  }

  private List<Problem> problems(String text) {
    return source(text).parsed() instanceof ParsedStudy.Refused refused
        ? refused.problems()
        : List.of();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
