package io.holdfast.frontier.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.StudyFile;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Experiment 3b as stages: one pass over D_post in all, whatever its allocation. */
class AllocationTest {

  private static String study(String allocation) {
    return Fixtures.STUDY
        .replace("epochs: 6, ", "")
        .replace("  plain: {}\n", "")
        .replace("  exposed: {pretrain: {exposure: 0.5}}\n", "")
        .replace("  replayed: {post_train: {replay: 0.2}}\n", "  divided: {allocation: %s}\n")
        .formatted(allocation);
  }

  @Property(tries = 200)
  void everyLineageTrainsOnOnePassInAll(@ForAll @DoubleRange(min = 0, max = 1) double lambda) {
    StageTree tree = Fixtures.tree(study("[0.01, %s]".formatted(Math.max(0.02, lambda))));

    for (Lineage lineage : tree.lineages()) {
      Map<String, Long> upstream = new TreeMap<>();
      for (String stage : lineage.stages()) {
        StageNode node = tree.stages().get(stage);
        if (!stage.equals(lineage.fineTune())) {
          node.tokens().byCorpus().forEach((corpus, n) -> upstream.merge(corpus, n, Long::sum));
        }
      }
      assertThat(upstream).isEqualTo(Map.of("prose", 800_000L, "math", 100_000L));
    }
  }

  @Test
  void theSecondStageSkipsWhatTheFirstExposes() {
    StageTree tree = Fixtures.tree(study("0.25"));
    Lineage lineage = tree.lineages().getFirst();
    StageSpec early = tree.stages().get(lineage.pretrain()).spec();
    StageSpec late = tree.stages().get(lineage.postTrain()).spec();

    assertThat(early.mixture().exposures())
        .containsExactly(
            new Exposure(new Part(Fixtures.MATH, 100_000L), 0.25, ExposureMode.ADD, 0, 1));
    assertThat(late.mixture().base())
        .containsExactly(new Source(new Part(Fixtures.MATH, 100_000L, 0.25), 1));
    assertThat(late.mixture().budget()).isEqualTo(Budget.ofEpochs(1));
    assertThat(tree.stages().get(lineage.postTrain()).tokens().total()).isEqualTo(75_000);
  }

  @Test
  void withEverythingEarlyTheImmediateLossIsThePretrainedModels() {
    Lineage lineage = Fixtures.tree(study("1")).lineages().getFirst();

    assertThat(lineage.postTrain()).isNull();
    assertThat(lineage.immediateStage()).isEqualTo(lineage.pretrain());
    assertThat(lineage.postTrainLoss().weights()).containsOnlyKeys(Fixtures.MATH);
  }

  @Test
  void nothingEarlyIsTheStageWithoutAllocation() {
    StageTree divided = Fixtures.tree(study("0"));
    StageTree plain = Fixtures.tree(study("0").replace("allocation: 0", "post_train: {epochs: 1}"));

    assertThat(divided.stages().keySet()).isEqualTo(plain.stages().keySet());
  }

  @Test
  void aShareThatLeavesNoDocumentIsRefused() {
    StudyFile study = Fixtures.study(study("0.999"));

    // A fifth of the thousand documents reaches the limit: the rest is a fifth of one document.
    assertThat(Fixtures.problems(study, Fixtures.inspection(study)))
        .extracting(Problem::code, Problem::path)
        .contains(tuple("skip-leaves-nothing", "recipes.divided.allocation"));
  }
}
