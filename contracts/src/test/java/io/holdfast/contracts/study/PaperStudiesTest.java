package io.holdfast.contracts.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Warmup;
import io.holdfast.contracts.study.StageSettings.Exposure;
import io.holdfast.contracts.study.StageSettings.Stopping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The experiments of the papers as files, at the papers' scales, with the values that the papers
 * print: EDE (arXiv 2605.12705), experimental set-up and appendix; FSL (arXiv 2502.06042), set-up.
 */
class PaperStudiesTest {

  static Stream<Path> scaled() {
    return Studies.shipped().stream().filter(file -> read(file).contains("${scale}"));
  }

  @ParameterizedTest
  @MethodSource("scaled")
  void everyExperimentRunsAtEveryScale(Path file) {
    List<StudyFile> studies =
        Stream.of("mini", "135m", "1b")
            .map(scale -> source(file, "parameters.scale=" + scale).parsed().orThrow())
            .toList();

    assertThat(studies).extracting(StudyFile::name).doesNotHaveDuplicates();
    assertThat(studies)
        .extracting(StudyFile::model)
        .containsExactly(
            ModelPresets.ALL.get("tiny-1m"),
            ModelPresets.ALL.get("smollm2-135m"),
            ModelPresets.ALL.get("ede-1b"));
    assertThat(studies).allSatisfy(study -> assertThat(study.claims()).isNotEmpty());
    assertThat(studies)
        .extracting(study -> recipeNames(study))
        .containsOnly(recipeNames(studies.getFirst()));
  }

  @Test
  void everyExperimentOfThePapersHasAFile() {
    assertThat(scaled().map(file -> file.getFileName().toString()))
        .containsExactly(
            "2-flan-chem.yaml",
            "2-flan-music.yaml",
            "2-music-chem.yaml",
            "2-music-flan.yaml",
            "3a-latent-benefit.yaml",
            "3b-allocation.yaml",
            "4-5-6-10-11-12-replay-and-dropout.yaml",
            "7-lora.yaml",
            "8-9-mixing-at-1b.yaml",
            "fsl-injection.yaml");
  }

  /** Trained once for all studies of a home: recipes with and without exposure begin alike. */
  @Test
  void theMiniStudiesShareTheirFirstStages() {
    List<StageSettings> plain =
        scaled()
            .map(file -> source(file, "parameters.scale=mini").parsed().orThrow())
            .map(study -> study.recipes().getFirst().pretrain().getFirst().settings())
            .distinct()
            .toList();

    assertThat(plain).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2-music-chem, musicpile, chempile",
    "2-music-flan, musicpile, flan",
    "2-flan-chem, flan, chempile",
    "2-flan-music, flan, musicpile"
  })
  void experiment2Has135MillionParameters(String file, String post, String fine) {
    StudyFile study = study(file, "135m");
    Recipe mixed = recipe(study, "mixed");

    assertThat(study.corpora().get(post).limitTokens()).isEqualTo(300_000_000);
    assertThat(study.corpora().get(fine).limitTokens()).isEqualTo(300_000_000);
    assertThat(all(mixed.pretrain(), StageSettings::budget)).containsExactly(billions(10));
    assertThat(all(mixed.pretrain(), StageSettings::exposure))
        .containsExactly(new Exposure(1, List.of(post), ExposureMode.ADD, 0, 1));
    assertThat(recipe(study, "unmixed").pretrain())
        .allSatisfy(stage -> assertThat(stage.settings().exposure()).isNull());

    assertThat(all(mixed.postTrain(), StageSettings::corpora)).containsExactly(Map.of(post, 1.0));
    assertThat(optimization(mixed.postTrain(), Optimization::peakLearningRate))
        .containsExactlyInAnyOrder(1e-4, 2e-4, 5e-4, 1e-3, 5e-3);
    assertThat(optimization(mixed.postTrain(), Optimization::batchSequences))
        .containsExactlyInAnyOrder(192, 480, 896);
    assertThat(mixed.postTrain()).hasSize(5 * 3);
    assertThat(optimization(mixed.postTrain(), Optimization::minLearningRate))
        .containsExactly(5e-5);
    assertThat(optimization(mixed.postTrain(), Optimization::weightDecay)).containsExactly(0.1);
    assertThat(optimization(mixed.postTrain(), Optimization::warmup))
        .containsExactly(new Warmup(500L, null));
    assertThat(all(mixed.postTrain(), StageSettings::budget)).containsExactly(billions(2));

    assertThat(all(mixed.fineTune(), StageSettings::corpora)).containsExactly(Map.of(fine, 1.0));
    assertThat(all(mixed.fineTune(), StageSettings::budget)).containsExactly(billions(0.2));
    assertThat(optimization(mixed.fineTune(), Optimization::peakLearningRate)).contains(5e-5);
  }

  @Test
  void aBillionParametersAreTrainedAsThePaperDoes() {
    StudyFile study = study("8-9-mixing-at-1b", "1b");
    Recipe mixed = recipe(study, "mixed");
    StageSettings pretrain = mixed.pretrain().getFirst().settings();

    assertThat(study.seeds()).containsExactly(42L);
    assertThat(pretrain.budget()).isEqualTo(billions(20));
    assertThat(pretrain.sequenceLength()).isEqualTo(1024);
    assertThat(pretrain.optimization())
        .returns(5e-4, Optimization::peakLearningRate)
        .returns(5e-5, Optimization::minLearningRate)
        .returns(new Warmup(1000L, null), Optimization::warmup)
        .returns(512, Optimization::batchSequences);
    assertThat(optimization(mixed.postTrain(), Optimization::peakLearningRate))
        .containsExactlyInAnyOrder(1e-5, 2e-5, 5e-5, 1e-4, 2e-4);
    assertThat(optimization(mixed.postTrain(), Optimization::minLearningRate))
        .containsExactly(5e-5);
    assertThat(optimization(mixed.postTrain(), Optimization::batchSequences)).containsExactly(512);
    assertThat(optimization(mixed.postTrain(), Optimization::warmup))
        .containsExactly(new Warmup(100L, null));
    assertThat(all(mixed.postTrain(), StageSettings::earlyStopping))
        .extracting(Stopping::everyTokens, Stopping::patience)
        .containsExactly(tuple(100L * 512 * 1024, 3));
  }

  /** AdamW's betas, the clipped norm and the precision, which all stages have in common. */
  @ParameterizedTest
  @MethodSource("scaled")
  void theOptimizerIsThePapersEverywhere(Path file) {
    StudyFile study = source(file, "parameters.scale=135m").parsed().orThrow();

    assertThat(study.recipes())
        .flatExtracting(PaperStudiesTest::stages)
        .extracting(stage -> stage.settings().optimization())
        .allSatisfy(
            optimization ->
                assertThat(optimization)
                    .returns(0.9, Optimization::beta1)
                    .returns(0.95, Optimization::beta2)
                    .returns(1.0, Optimization::clipNorm)
                    .returns(Optimization.Schedule.COSINE, Optimization::schedule)
                    .returns(Optimization.Precision.BF16, Optimization::precision));
  }

  @Test
  void experiment3aVariesTheShareThatIsSeenEarlyAndTheSizeOfTheData() {
    StudyFile study = study("3a-latent-benefit", "135m", "parameters.post_tokens=30M");
    Recipe recipe = study.recipes().getFirst();

    assertThat(study.name()).isEqualTo("3a-latent-benefit-135m-30M");
    assertThat(study.corpora().get("musicpile").limitTokens()).isEqualTo(30_000_000);
    assertThat(shares(recipe)).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
    assertThat(all(recipe.postTrain(), StageSettings::budget)).containsExactly(billions(2));
    assertThat(optimization(recipe.fineTune(), Optimization::peakLearningRate))
        .containsExactly(5e-5);
  }

  @Test
  void experiment3bDividesOnePass() {
    StudyFile study = study("3b-allocation", "135m", "parameters.allocated_tokens=150M");
    Recipe recipe = study.recipes().getFirst();

    assertThat(study.corpora().get("musicpile").limitTokens()).isEqualTo(150_000_000);
    assertThat(shares(recipe)).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
    assertThat(recipe.postTrain())
        .extracting(stage -> stage.settings().withoutFirst())
        .containsExactly(0.0, 0.25, 0.5, 0.75);
    assertThat(all(recipe.postTrain(), StageSettings::budget)).containsExactly(Budget.ofEpochs(1));
    assertThat(recipe.postTrain())
        .allSatisfy(stage -> assertThat(stage.settings().earlyStopping()).isNull());
    assertThat(study.rules().computeTolerance()).isNotNull();
  }

  @Test
  void replayAndDropoutAreCrossedWithExposure() {
    StudyFile study = study("4-5-6-10-11-12-replay-and-dropout", "135m");

    assertThat(study.recipes()).hasSize(8);
    assertThat(recipe(study, "mixed+replay").postTrain())
        .allSatisfy(
            stage ->
                assertThat(stage.settings().replay())
                    .isEqualTo(new StageSettings.Replay(0.01, Map.of("c4", 1.0))));
    assertThat(optimization(recipe(study, "dropout").postTrain(), Optimization::dropout))
        .containsExactlyInAnyOrder(Dropout.everywhere(0.02), Dropout.everywhere(0.05));
    assertThat(optimization(recipe(study, "dropout").fineTune(), Optimization::dropout))
        .containsExactly(Dropout.NONE);
  }

  @Test
  void adaptersAreThePapers() {
    Recipe lora = recipe(study("7-lora", "135m"), "lora");

    assertThat(all(lora.postTrain(), stage -> stage.method().lora()))
        .extracting(Lora::rank, Lora::alpha, Lora::dropout)
        .containsExactlyInAnyOrder(
            tuple(64, 128.0, 0.0), tuple(64, 128.0, 0.02), tuple(64, 128.0, 0.05));
  }

  @ParameterizedTest
  @CsvSource({"135m, 13.5", "1b, 103"})
  void theInjectionGridIsThePapers(String scale, double pretrainedBillions) {
    StudyFile study = study("fsl-injection", scale);

    // 100 tokens for each parameter.
    assertThat(all(study.recipes().getFirst().pretrain(), StageSettings::budget))
        .containsExactly(billions(pretrainedBillions));
    assertThat(study.recipes())
        .extracting(
            recipe -> {
              StageSettings.Replay replay = recipe.fineTune().getFirst().settings().replay();
              return replay == null ? 0 : replay.fraction();
            })
        .containsExactly(0.0, 0.001, 0.005, 0.01, 0.05);
    assertThat(study.recipes())
        .allSatisfy(
            recipe -> {
              assertThat(recipe.postTrain()).isEmpty();
              assertThat(all(recipe.fineTune(), StageSettings::budget))
                  .containsExactlyInAnyOrder(
                      Budget.ofTokens(300_000),
                      Budget.ofTokens(3_000_000),
                      Budget.ofTokens(30_000_000));
            });
  }

  private static StudyFile study(String name, String scale, String... overrides) {
    return source(
            Path.of("..", "studies", name + ".yaml"),
            Stream.concat(Stream.of("parameters.scale=" + scale), Stream.of(overrides))
                .toArray(String[]::new))
        .parsed()
        .orThrow();
  }

  private static StudySource source(Path file, String... overrides) {
    return StudySource.of(file, read(file), List.of(overrides));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> recipeNames(StudyFile study) {
    return study.recipes().stream().map(Recipe::name).toList();
  }

  private static Recipe recipe(StudyFile study, String name) {
    return study.recipes().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<StageVariant> stages(Recipe recipe) {
    return Stream.of(recipe.pretrain(), recipe.postTrain(), recipe.fineTune())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Double> shares(Recipe recipe) {
    return recipe.pretrain().stream()
        .map(stage -> stage.settings().exposure())
        .map(exposure -> exposure == null ? 0 : exposure.fraction())
        .toList();
  }

  private static <T> Set<T> all(List<StageVariant> stages, Function<StageSettings, T> value) {
    return stages.stream()
        .map(stage -> value.apply(stage.settings()))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static <T> Set<T> optimization(
      List<StageVariant> stages, Function<Optimization, T> value) {
    return all(stages, stage -> value.apply(stage.optimization()));
  }

  private static Budget billions(double tokens) {
    return Budget.ofTokens(Math.round(tokens * 1e9));
  }
}
