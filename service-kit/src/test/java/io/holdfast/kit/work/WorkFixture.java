package io.holdfast.kit.work;

import static org.awaitility.Awaitility.await;

import io.holdfast.kit.Applied;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/** Scripted work on a real table, and what its tests do with it. */
abstract class WorkFixture {

  static final String KIND = ScriptedWork.KIND;

  @Inject LeasedWork work;
  @Inject ScriptedWork handler;
  @Inject Applied applied;

  final String script(ScriptedWork.Script script) {
    String id = UUID.randomUUID().toString();
    handler.scripts.put(id, script);
    return id;
  }

  final void submit(String id) {
    QuarkusTransaction.requiringNew().run(() -> work.submit(KIND, id, 0));
  }

  final void awaitGone(String id) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                applied.count("select count(*) from kit_work where task_instance = '" + id + "'")
                    == 0);
  }
}
