package io.holdfast.frontier.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.frontier.SampleStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PerRevisionTest {

  private final AtomicInteger computed = new AtomicInteger();

  private static StudySnapshot study(String id, long revision, String source) {
    StudySnapshot s = SampleStudy.running();
    return new StudySnapshot(
        id,
        s.name(),
        s.question(),
        source,
        s.state(),
        s.recipes(),
        s.corpora(),
        s.lineages(),
        s.plan(),
        s.stages(),
        s.evaluations(),
        s.taskScores(),
        revision,
        s.submittedAt(),
        s.finishedAt());
  }

  @Test
  void computesOnceForAllWhoAskAtTheSameTime() throws Exception {
    CountDownLatch asked = new CountDownLatch(8);
    PerRevision<Integer> values =
        new PerRevision<>(
            study -> {
              await(asked);
              return computed.incrementAndGet();
            });
    StudySnapshot study = study("a", 1, "text");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(
            threads.submit(
                () -> {
                  asked.countDown();
                  return values.of(study);
                }));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(1);
      }
    }
    assertThat(computed).hasValue(1);
  }

  @Test
  void computesAgainForAnotherRevisionOrText() {
    PerRevision<Integer> values = new PerRevision<>(study -> computed.incrementAndGet());

    assertThat(values.of(study("a", 1, "text"))).isEqualTo(1);
    assertThat(values.of(study("a", 1, "text"))).isEqualTo(1);
    assertThat(values.of(study("b", 1, "text"))).isEqualTo(2);
    assertThat(values.of(study("a", 2, "text"))).isEqualTo(3);
    assertThat(values.of(study("a", 2, "other claims"))).isEqualTo(4);
  }

  @Test
  void triesAgainAfterAFailure() {
    PerRevision<Integer> values =
        new PerRevision<>(
            study -> {
              if (computed.incrementAndGet() == 1) {
                throw new IllegalStateException("first");
              }
              return computed.get();
            });
    StudySnapshot study = study("a", 1, "text");

    assertThatThrownBy(() -> values.of(study)).hasMessage("first");
    assertThat(values.of(study)).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
