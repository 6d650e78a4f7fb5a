package io.holdfast.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.EvaluationPoint.Mark;
import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.evaluation.Probe.Scale;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.CheckpointPublished.Parent;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.evaluate.LossEvaluator;
import io.holdfast.lm.weights.CheckpointWeights;
import io.holdfast.lm.weights.Interpolation;
import io.holdfast.lm.weights.ModelWeights;
import io.holdfast.lm.weights.NoisyWeights;
import io.holdfast.lm.weights.WeightNoise;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Weights on a stage's way, and those that are made of its final ones. */
@QuarkusTest
class PointsIT extends EvaluationFixture {

  private static final Probe HALF = new Interpolated(0.5);

  private static final Probe NOISY = new Noisy(Scale.ROOT_MEAN_SQUARE, 0.5, 7);

  @Inject AgroalDataSource database;

  @Test
  void aMarkIsScoredAsAMark() {
    CheckpointPublished mark = HeldOutFiles.checkpoint(root, "marked", 21, 5_000L, prose);
    CheckpointPublished last = HeldOutFiles.checkpoint(root, "marked", 22, prose);
    topics.send(mark);
    topics.send(last);

    List<CheckpointEvaluated> scored = topics.await(CheckpointEvaluated.class, "marked", 2);
    assertThat(scored)
        .extracting(CheckpointEvaluated::point)
        .containsExactlyInAnyOrder(new Mark(5_000), EvaluationPoint.FINAL);
    assertThat(of(scored, new Mark(5_000)).sha256()).isEqualTo(mark.sha256());
    assertThat(loss(of(scored, new Mark(5_000))))
        .isNotEqualTo(loss(of(scored, EvaluationPoint.FINAL)));
  }

  @Test
  void probesAreScoredAsTheEngineMakesThem() throws SQLException {
    CheckpointPublished published = probed("probed", 31, 32, List.of(HALF, NOISY), prose);
    topics.send(published);

    List<CheckpointEvaluated> scored = topics.await(CheckpointEvaluated.class, "probed", 3);

    assertThat(scored).allMatch(each -> each.sha256().equals(published.sha256()));
    try (CheckpointWeights start = open(published.parent().checkpoint());
        CheckpointWeights end = open(published.checkpoint())) {
      assertThat(of(scored, HALF).results())
          .isEqualTo(direct(new Interpolation(start, end, 0.5), published));
      assertThat(of(scored, NOISY).results())
          .isEqualTo(
              direct(
                  new NoisyWeights(
                      end, new WeightNoise(WeightNoise.Scale.ROOT_MEAN_SQUARE, 0.5, 7)),
                  published));
      assertThat(of(scored, EvaluationPoint.FINAL).results()).isEqualTo(direct(end, published));
    }
    assertThat(Stream.of(EvaluationPoint.FINAL, HALF, NOISY).map(point -> loss(of(scored, point))))
        .doesNotHaveDuplicates();

    int stored = storedScores();
    topics.send(published);
    assertThat(topics.await(CheckpointEvaluated.class, "probed", 6))
        .containsAll(scored)
        .allMatch(scored::contains);
    topics.send(probed("probed-twin", 31, 32, List.of(HALF), prose));
    topics.await(CheckpointEvaluated.class, "probed-twin", 2);
    assertThat(storedScores()).as("each made and scored once").isEqualTo(stored);
  }

  @Test
  void oneSetMoreIsScoredAlone() throws SQLException {
    topics.send(probed("more", 33, 34, List.of(HALF), prose));
    topics.await(CheckpointEvaluated.class, "more", 2);
    int stored = storedScores();

    topics.send(probed("more", 33, 34, List.of(HALF), prose, code));

    assertThat(topics.await(CheckpointEvaluated.class, "more", 4).subList(2, 4))
        .allSatisfy(each -> assertThat(each.results()).hasSize(2));
    assertThat(storedScores()).isEqualTo(stored + 2);
  }

  @Test
  void whatIsGoneFailsItsOwnPointAndNoOther() {
    CheckpointPublished mark = HeldOutFiles.checkpoint(root, "gone", 41, 5_000L, prose);
    CheckpointPublished probed = probed("gone", 42, 43, List.of(HALF, NOISY), prose);
    DurableDirectory.delete(artifacts.resolve(mark.checkpoint()));
    DurableDirectory.delete(artifacts.resolve(probed.parent().checkpoint()));
    topics.send(mark);
    topics.send(probed);

    List<EvaluationFailed> failed = topics.await(EvaluationFailed.class, "gone", 2);
    assertThat(failed)
        .extracting(EvaluationFailed::point)
        .containsExactlyInAnyOrder(new Mark(5_000), HALF);
    assertThat(failed)
        .allSatisfy(
            each -> {
              assertThat(each.code()).isEqualTo(FailureCode.CHECKPOINT_UNUSABLE);
              assertThat(each.message()).isNotBlank();
              assertThat(each.remedy()).isNotBlank();
            });
    assertThat(topics.await(CheckpointEvaluated.class, "gone", 2))
        .extracting(CheckpointEvaluated::point)
        .containsExactlyInAnyOrder(EvaluationPoint.FINAL, NOISY);
  }

  @Test
  void nothingLiesBetweenAModelAndAParentThatTheTrainerDidNotFind() {
    CheckpointPublished orphan = HeldOutFiles.checkpoint(root, "orphan", 44, prose);
    topics.send(with(orphan, null, List.of(HALF)));

    EvaluationFailed failed = topics.await(EvaluationFailed.class, "orphan", 1).getFirst();
    assertThat(failed.point()).isEqualTo(HALF);
    assertThat(failed.code()).isEqualTo(FailureCode.CHECKPOINT_UNUSABLE);
    assertThat(topics.await(CheckpointEvaluated.class, "orphan", 1))
        .extracting(CheckpointEvaluated::point)
        .containsExactly(EvaluationPoint.FINAL);
  }

  private CheckpointPublished probed(
      String stageId, long parentSeed, long seed, List<Probe> probes, HeldOutShard... sets) {
    CheckpointPublished parent = HeldOutFiles.checkpoint(root, stageId + "-parent", parentSeed);
    return with(
        HeldOutFiles.checkpoint(root, stageId, seed, sets),
        new Parent(parent.checkpoint(), parent.sha256()),
        probes);
  }

  private static CheckpointPublished with(
      CheckpointPublished published, Parent parent, List<Probe> probes) {
    return new CheckpointPublished(
        published.stageId(),
        published.checkpoint(),
        published.sha256(),
        published.step(),
        published.tokens(),
        published.last(),
        published.mark(),
        published.attempt(),
        parent,
        published.tokenizer(),
        published.sequenceLength(),
        published.evaluations(),
        probes,
        published.tasks());
  }

  private CheckpointWeights open(String checkpoint) {
    return CheckpointWeights.open(artifacts.resolve(checkpoint));
  }

  private List<LossResult> direct(ModelWeights model, CheckpointPublished published) {
    return new LossEvaluator()
        .evaluate(model, published.sequenceLength(), published.evaluations(), artifacts::resolve);
  }

  private static CheckpointEvaluated of(List<CheckpointEvaluated> scored, EvaluationPoint point) {
    return scored.stream().filter(each -> each.point().equals(point)).findFirst().orElseThrow();
  }

  private static double loss(CheckpointEvaluated evaluated) {
    return evaluated.results().getFirst().lossNatsPerToken();
  }

  private int storedScores() throws SQLException {
    try (var connection = database.getConnection();
        var rows = connection.createStatement().executeQuery("select count(*) from evaluation")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
