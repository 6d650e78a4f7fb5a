package io.holdfast.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.EvaluationPoint.Mark;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.CheckpointPublished.Parent;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.durable.DurableDirectory;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Marks and probes on their way through the trainer. */
@QuarkusTest
class PointsIT extends TrainerFixture {

  private static final long STEP = Stages.BATCH * Stages.SEQUENCE_LENGTH;
  private static final TaskEvaluation TASK =
      new TaskEvaluation(TaskName.of("capitals@1"), "test", 0, 1, null);
  private static final long MARK = 10 * STEP - 1;

  @Test
  void aMarkIsPublishedWhileItsStageStillTrains() {
    StagePrepared endless = marked(41, 5_000, 3, MARK);
    topics.send(endless);

    CheckpointPublished published =
        topics.await(CheckpointPublished.class, endless.stageId(), 1).getFirst();
    topics.send(new StageCancelled(endless.stageId(), 3));

    CheckpointDirectory checkpoint =
        CheckpointDirectory.open(artifacts.resolve(published.checkpoint())).verify();
    assertThat(published.sha256()).isEqualTo(checkpoint.sha256());
    assertThat(published.point()).isEqualTo(new Mark(MARK));
    assertThat(published.last()).isFalse();
    assertThat(published.step()).isEqualTo(10);
    assertThat(published.tokens()).isEqualTo(10 * STEP);
    assertThat(published.attempt()).isEqualTo(3);
    assertThat(published.evaluations()).isEqualTo(endless.evaluations());
    assertThat(topics.seen(StageCompleted.class, endless.stageId())).isEmpty();
  }

  @Test
  void aResumedStagePublishesTheMarksOfTheWorkerBefore() {
    StagePrepared prepared = marked(42, 2, 1, MARK, MARK + STEP, 10_000_000);
    interruptAfter(prepared, 20);

    topics.send(prepared);
    StageCompleted completed = topics.await(StageCompleted.class, prepared.stageId(), 1).getFirst();

    List<CheckpointPublished> first =
        topics.await(CheckpointPublished.class, prepared.stageId(), 3);
    assertThat(first)
        .extracting(CheckpointPublished::point)
        .as("one mark is never reached, so there is nothing to publish")
        .containsExactly(new Mark(MARK), new Mark(MARK + STEP), EvaluationPoint.FINAL);
    assertThat(completed.marks())
        .extracting(StageCompleted.Marked::sha256)
        .containsExactly(first.get(0).sha256(), first.get(1).sha256())
        .doesNotContain(completed.sha256());

    topics.send(prepared);
    assertThat(topics.await(CheckpointPublished.class, prepared.stageId(), 6))
        .as("told again, the same")
        .containsExactlyElementsOf(
            List.of(
                first.get(0),
                first.get(1),
                first.get(2),
                first.get(0),
                first.get(1),
                first.get(2)));
    assertThat(topics.await(StageCompleted.class, prepared.stageId(), 2))
        .containsExactly(completed, completed);
  }

  @Test
  void aPassedMarkThatIsGoneFailsTheStageWhichThenStartsAnew() {
    StagePrepared prepared = marked(43, 2, 1, MARK);
    interruptAfter(prepared, 20);
    DurableDirectory.delete(
        artifacts.resolve("checkpoints/" + prepared.stageId() + "/mark-" + MARK));

    topics.send(prepared);

    StageFailed failed = topics.await(StageFailed.class, prepared.stageId(), 1).getFirst();
    assertThat(failed.code()).isEqualTo(FailureCode.CHECKPOINT_UNUSABLE);
    assertThat(failed.message()).contains("mark-" + MARK);
    assertThat(failed.remedy()).isNotBlank();

    topics.send(marked(43, 2, 2, MARK));
    StageCompleted anew = topics.await(StageCompleted.class, prepared.stageId(), 1).getFirst();
    assertThat(anew.attempt()).isEqualTo(2);
    assertThat(anew.marks()).hasSize(1);
  }

  @Test
  void probesTravelWithTheCheckpointAndNameItsParent() {
    StageSpec parent = Stages.spec(null, 44, 1);
    StageSpec child = Stages.spec(parent.id(), 44, 1);
    List<Probe> probes =
        List.of(new Probe.Interpolated(0.5), new Probe.Noisy(Probe.Scale.ABSOLUTE, 0.01, 1));
    topics.send(Stages.prepared(parent, 1, 1, List.of()));
    StageCompleted before = topics.await(StageCompleted.class, parent.id(), 1).getFirst();

    topics.send(withProbes(Stages.prepared(child, 1, 1, List.of()), probes));

    CheckpointPublished published =
        topics.await(CheckpointPublished.class, child.id(), 1).getFirst();
    assertThat(published.probes()).isEqualTo(probes);
    assertThat(published.tasks()).containsExactly(TASK);
    assertThat(published.parent()).isEqualTo(new Parent(before.checkpoint(), before.sha256()));
    assertThat(topics.seen(CheckpointPublished.class, parent.id()).getFirst().parent()).isNull();
  }

  private static StagePrepared marked(long seed, int epochs, int attempt, long... marks) {
    return Stages.prepared(
        Stages.marked(seed, epochs, marks), epochs, attempt, List.of(Stages.heldOut("test")));
  }

  private static StagePrepared withProbes(StagePrepared prepared, List<Probe> probes) {
    return new StagePrepared(
        prepared.stageId(),
        prepared.spec(),
        prepared.plan(),
        prepared.tokenizer(),
        prepared.dev(),
        prepared.fisher(),
        prepared.evaluations(),
        probes,
        List.of(TASK),
        prepared.priority(),
        prepared.attempt());
  }
}
