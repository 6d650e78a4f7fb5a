package io.holdfast.frontier.conductor;

import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.frontier.api.LiveData;
import io.holdfast.frontier.lifecycle.Order;
import io.holdfast.frontier.live.LiveLog;
import io.holdfast.frontier.persistence.StageEntity;
import io.holdfast.frontier.persistence.StudyEntity;
import io.holdfast.kit.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

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

  void publish(Order order) {
    switch (order) {
      case Order.RequestStage request -> {
        StageEntity stage = StageEntity.findById(request.stageId());
        outbox.publish(
            new StageRequested(
                request.stageId(),
                stage.spec(),
                request.evaluations(),
                request.probes(),
                request.tasks(),
                request.priority(),
                request.attempt()));
      }
      case Order.CancelStage(String id, int attempt) ->
          outbox.publish(new StageCancelled(id, attempt));
      case Order.CollectStage(String id, int attempt) ->
          outbox.publish(new StageCancelled(id, attempt, true));
      case Order.UpdateFrontier(String studyId) -> updateFrontier(studyId);
    }
  }

  private void updateFrontier(String studyId) {
    long revision = StudyEntity.raiseRevision(studyId);
    outbox.publish(FrontierEvent.of(studyId, revision, replicas.points(studyId)));
    live.append(new LiveData.FrontierMoved(studyId, revision));
  }
}
