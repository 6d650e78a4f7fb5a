package io.holdfast.frontier.conductor;

import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.frontier.api.LiveData;
import io.holdfast.frontier.lifecycle.Order;
import io.holdfast.frontier.live.LiveLog;
import io.holdfast.frontier.persistence.StageEntity;
import io.holdfast.frontier.persistence.StudyEntity;
import io.holdfast.frontier.replica.StudyPoints;
import io.holdfast.kit.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns orders into events of the outbox, within the decision's transaction. */
@ApplicationScoped
class Orders {

  private final Outbox outbox;
  private final Replicas replicas;
  private final LiveLog live;

  @Inject
  Orders(Outbox outbox, Replicas replicas, LiveLog live) {
    this.outbox = outbox;
    this.replicas = replicas;
    this.live = live;
  }

  /** Publishes them in their order, then the points of each study that has new ones, once. */
  void publish(List<Order> orders) {
    Set<String> moved = new HashSet<>();
    for (Order order : orders) {
      switch (order) {
        case Order.RequestStage request -> outbox.publish(event(request));
        case Order.CancelStage(String id, int attempt) ->
            outbox.publish(new StageCancelled(id, attempt));
        case Order.CollectStage(String id, int attempt) ->
            outbox.publish(new StageCancelled(id, attempt, true));
        case Order.UpdateFrontier(String studyId) -> moved.add(studyId);
      }
    }
    if (!moved.isEmpty()) {
      replicas.points(moved).forEach(this::updateFrontier);
    }
  }

  private static StageRequested event(Order.RequestStage request) {
    StageEntity stage = StageEntity.findById(request.stageId());
    return new StageRequested(
        request.stageId(),
        stage.spec(),
        request.evaluations(),
        request.probes(),
        request.tasks(),
        request.priority(),
        request.attempt());
  }

  private void updateFrontier(String studyId, StudyPoints points) {
    long revision = StudyEntity.raiseRevision(studyId);
    outbox.publish(FrontierEvent.of(studyId, revision, points));
    live.append(new LiveData.FrontierMoved(studyId, revision));
  }
}
