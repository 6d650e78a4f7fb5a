package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.event.StageEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One run; deliveries go on until nothing new comes and every event was delivered. */
class Run {
  private final Scenario scenario;
  private final Random random;
  private final boolean disorder;
  private final World world;
  private final List<StageEvent> queue = new ArrayList<>();
  private final List<StageEvent> delivered = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private Ledger ledger = Ledger.EMPTY;

  Run(Scenario scenario, Random random, boolean disorder) {
    this.scenario = scenario;
    this.random = random;
    this.disorder = disorder;
    this.world = new World(scenario.parents());
    scenario.failing().forEach(stage -> world.failing(stage, 1));
    scenario.unscorable().forEach(world::unscorable);
  }

  /**
   * From now on nothing fails. What was delivered before does not come again: the inbox knows it,
   * and only that tells an old failure to score from a new one.
   */
  void mend() {
    world.mend();
    delivered.clear();
  }

  void submitAll() {
    scenario.studies().forEach(this::submit);
  }

  void submit(StudySubmission study) {
    decide(Lifecycle.submit(ledger, study));
  }

  /** Lets everything go that the lifecycle does not hold. */
  void collectAll() {
    decide(Lifecycle.collect(ledger, ledger.stages().keySet()));
  }

  /** As it stands. */
  Ledger ledger() {
    return ledger;
  }

  void decide(Decision decision) {
    ledger = ledger.apply(decision.changes());
    orders.addAll(decision.orders());
    decision.orders().forEach(order -> queue.addAll(world.answer(order)));
  }

  boolean hasWeights(String stage) {
    return world.hasTrained(stage);
  }

  boolean pending() {
    return !queue.isEmpty();
  }

  void deliverOne() {
    int at = disorder ? random.nextInt(queue.size()) : 0;
    StageEvent event = queue.get(at);
    if (!disorder || random.nextInt(3) > 0) {
      queue.remove(at);
    }
    deliver(event);
    if (disorder && random.nextInt(4) == 0) {
      deliver(delivered.get(random.nextInt(delivered.size())));
    }
  }

  void deliverAll() {
    while (pending()) {
      deliverOne();
    }
  }

  int frontierUpdates(String study) {
    return (int) orders.stream().filter(new Order.UpdateFrontier(study)::equals).count();
  }

  void deliver(StageEvent event) {
    delivered.add(event);
    world.heard(event);
    decide(Lifecycle.on(ledger, event));
  }
}
