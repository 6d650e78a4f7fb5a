package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lm.program.EngineCall;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {

  @Test
  void showsEachStepsReadingAndItsCall(@TempDir Path store) throws Exception {
    StageFixture stage = StageFixture.in(store);
    Map<String, AtomicLong> seen = new ConcurrentHashMap<>();
    try (RecordingStream recording = new RecordingStream()) {
      for (String name : new String[] {BatchRead.NAME, EngineCall.NAME}) {
        seen.put(name, new AtomicLong());
        recording.enable(name);
        recording.onEvent(
            name,
            event -> {
              assertThat(event.getDuration()).isPositive();
              seen.get(name).incrementAndGet();
            });
      }
      recording.startAsync();
      new StageTrainer().train(stage.run("run"), StageListener.silent(), () -> false);
      recording.stop();
    }
    assertThat(seen.get(BatchRead.NAME)).hasValue(stage.steps());
    assertThat(seen.get(EngineCall.NAME)).hasValue(stage.steps());
  }
}
