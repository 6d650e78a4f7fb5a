package io.holdfast.frontier.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StudyCorpus;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The experiments that ship expand at every scale, with corpora of the size that the papers have:
 * C4 with 8.7 billion tokens, the others with a billion. Stages and points are counted by hand, for
 * one seed.
 */
class PaperStudiesTest {

  @ParameterizedTest
  @CsvSource({
    // Stage 1, then 2 recipes × learning rates × batches, then as many × fine-tuning rates.
    "2-music-chem, mini, 2, 6, 18",
    "2-music-chem, 135m, 2, 30, 120",
    "2-music-flan, 135m, 2, 30, 120",
    "2-flan-chem, 135m, 2, 30, 120",
    "2-flan-music, 135m, 2, 30, 120",
    "8-9-mixing-at-1b, 1b, 2, 10, 40",
    "3a-latent-benefit, mini, 5, 5, 5",
    "3a-latent-benefit, 135m, 5, 5, 5",
    "3a-latent-benefit, 1b, 5, 5, 5",
    // λ = 1 has no stage 2.
    "3b-allocation, mini, 5, 4, 15",
    "3b-allocation, 135m, 5, 4, 20",
    "3b-allocation, 1b, 5, 4, 20",
    "4-5-6-10-11-12-replay-and-dropout, mini, 2, 8, 24",
    // Two dropouts: 15 × (1 + 1 + 2 + 2) with each of the two first stages.
    "4-5-6-10-11-12-replay-and-dropout, 135m, 2, 180, 720",
    "4-5-6-10-11-12-replay-and-dropout, 1b, 2, 60, 240",
    "7-lora, mini, 2, 4, 12",
    // Three dropouts of the adapters.
    "7-lora, 135m, 2, 120, 480",
    "7-lora, 1b, 2, 40, 160",
    "fsl-injection, mini, 1, 0, 15",
    "fsl-injection, 135m, 1, 0, 45",
    "fsl-injection, 1b, 1, 0, 45"
  })
  void expandsToTheStagesOfTheExperiment(
      String file, String scale, int pretrain, int postTrain, int fineTune) throws IOException {
    StudyFile study = study(file, scale);
    StageTree tree = StudyExpansion.expand(study, inspection(study)).orThrow();

    assertThat(count(tree, StageKind.PRETRAIN)).isEqualTo(pretrain);
    assertThat(count(tree, StageKind.POST_TRAIN)).isEqualTo(postTrain);
    assertThat(count(tree, StageKind.FINE_TUNE)).isEqualTo(fineTune);
    assertThat(tree.lineages()).hasSize(fineTune);
  }

  /** The musical pipelines differ in stage 3 alone, so the second trains nothing else. */
  @Test
  void studiesOfOneScaleShareTheirStages() throws IOException {
    StageTree flan = tree("2-music-flan");
    StageTree chem = tree("2-music-chem");
    StageTree latent = tree("3a-latent-benefit");

    assertThat(chem.stages().values())
        .filteredOn(stage -> stage.spec().kind() != StageKind.FINE_TUNE)
        .allSatisfy(stage -> assertThat(flan.stages()).containsKey(stage.id()));
    // λ = 0 and λ = 1, with one of three learning rates and one of three again.
    assertThat(latent.stages().keySet()).filteredOn(flan.stages()::containsKey).hasSize(2 + 2 + 2);
  }

  private static StageTree tree(String file) throws IOException {
    StudyFile study = study(file, "mini");
    return StudyExpansion.expand(study, inspection(study)).orThrow();
  }

  private static long count(StageTree tree, StageKind kind) {
    return tree.stages().values().stream().filter(stage -> stage.spec().kind() == kind).count();
  }

  private static StudyFile study(String name, String scale) throws IOException {
    Path file = Path.of("..", "studies", name + ".yaml");
    return StudySource.of(
            file,
            Files.readString(file),
            List.of(
                "parameters.scale=" + scale,
                "parameters.seeds=[21]",
                "parameters.crossed_seeds=[21]"))
        .parsed()
        .orThrow();
  }

  private static Inspection inspection(StudyFile study) {
    Map<String, InspectedCorpus> corpora = new HashMap<>();
    study.corpora().forEach((name, corpus) -> corpora.put(name, corpus(corpus)));
    return new Inspection(Json.sha256("tokenizer"), 49_152, corpora, List.of());
  }

  private static InspectedCorpus corpus(StudyCorpus corpus) {
    String source =
        corpus.definition().embedded() != null
            ? corpus.definition().embedded()
            : corpus.definition().path();
    long tokens = source.contains("c4") ? 8_700_000_000L : 1_000_000_000L;
    SplitSize heldOut = new SplitSize(tokens / 10_000, tokens / 5, tokens / 20, null);
    return new InspectedCorpus(
        Json.sha256(source),
        tokens / 400,
        tokens * 5,
        new SplitSize(tokens / 500, tokens * 4, tokens, null),
        heldOut,
        heldOut);
  }
}
