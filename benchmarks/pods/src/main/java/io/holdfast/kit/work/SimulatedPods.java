package io.holdfast.kit.work;

import io.agroal.api.AgroalDataSource;
import io.holdfast.benchmarks.pods.PodsConfig;
import io.holdfast.benchmarks.pods.SimulatedStages;
import io.holdfast.benchmarks.pods.StubTrainer;
import io.holdfast.kit.events.BestEffortEvents;
import io.holdfast.kit.outbox.Outbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One claim loop for each pod, the kit's own: with its polls, heartbeats and searches for dead
 * workers. They share this process's connections, clock and outbox relay, which pods do not. In the
 * kit's package because no service needs more than one loop of a kind.
 */
@ApplicationScoped
class SimulatedPods {

  private final AgroalDataSource database;
  private final WorkConfig config;
  private final PodsConfig simulation;
  private final SimulatedStages stages;
  private final Outbox outbox;
  private final BestEffortEvents reports;
  private final List<KindScheduler> pods = new ArrayList<>();

  @Inject
  SimulatedPods(
      AgroalDataSource database,
      WorkConfig config,
      PodsConfig simulation,
      SimulatedStages stages,
      Outbox outbox,
      BestEffortEvents reports) {
    this.database = database;
    this.config = config;
    this.simulation = simulation;
    this.stages = stages;
    this.outbox = outbox;
    this.reports = reports;
  }

  void onStart(@Observes StartupEvent event) throws SQLException {
    WorkTable table = new WorkTable(database);
    DatabaseClock clock = new DatabaseClock(database);
    Shift shift = new Shift(OptionalInt.empty(), Optional.empty(), System.nanoTime());
    for (int pod = 0; pod < simulation.pods(); pod++) {
      StubTrainer trainer =
          new StubTrainer(
              simulation.name() + "-" + pod, simulation.training(), stages, outbox, reports);
      pods.add(new KindScheduler(trainer, database, table, clock, shift, config));
    }
    pods.forEach(KindScheduler::start);
  }

  void onStop(@Observes @Priority(500) ShutdownEvent event) {
    pods.forEach(KindScheduler::requestStop);
    pods.parallelStream().forEach(KindScheduler::stop);
  }
}
