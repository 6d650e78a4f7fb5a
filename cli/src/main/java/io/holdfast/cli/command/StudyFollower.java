package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.LiveEvents;
import io.holdfast.cli.client.RefusedException;
import io.holdfast.cli.client.StudyView;
import io.holdfast.cli.display.ProgressDisplay;
import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.time.Duration;

/**
 * Watches a study until it ends. Trainers' reports come with the live events; everything else makes
 * it read the study anew. A frontier-service that dies is waited for.
 */
final class StudyFollower {

  /** Between two reads of the study; after one that failed, the service may be starting again. */
  private static final Duration BETWEEN_READS = Duration.ofMillis(500);

  /** Without any event the study is read now and then all the same. */
  private static final Duration LONGEST_WITHOUT_READ = Duration.ofSeconds(3);

  private static final Duration COMPLAIN_AFTER = Duration.ofSeconds(10);

  private final Frontier frontier;
  private final ProgressDisplay display;
  private long lastRead;
  private boolean complained;

  StudyFollower(Frontier frontier, ProgressDisplay display) {
    this.frontier = frontier;
    this.display = display;
  }

  /** Returns the study as it ended. */
  StudyView follow(StudyView study) throws InterruptedException {
    StudyView now = study;
    lastRead = System.nanoTime();
    try (LiveEvents events = frontier.follow(study.id())) {
      boolean stale = false;
      while (!now.ended()) {
        display.show(now);
        LiveEvents.Event event = events.poll(BETWEEN_READS);
        if (event != null && event.type().equals("progress")) {
          now = now.with(Json.read(event.data(), StudyView.Report.class));
        } else if (event != null) {
          stale = true;
        }
        if (stale && sinceRead() > BETWEEN_READS.toNanos()
            || sinceRead() > LONGEST_WITHOUT_READ.toNanos()) {
          StudyView read = read(now);
          stale = read == now;
          now = read;
        }
      }
    }
    display.show(now);
    return now;
  }

  /** The study, or the given one while the service does not answer. */
  private StudyView read(StudyView known) throws InterruptedException {
    try {
      StudyView read = frontier.study(known.id());
      lastRead = System.nanoTime();
      complained = false;
      return read;
    } catch (IOException away) {
      complain(away.getMessage());
    } catch (RefusedException e) {
      if (e.refusal().status() < 500) {
        throw e;
      }
      complain(e.getMessage());
    }
    Thread.sleep(BETWEEN_READS);
    return known;
  }

  private void complain(String reason) {
    if (!complained && sinceRead() > COMPLAIN_AFTER.toNanos()) {
      complained = true;
      display.say("frontier-service does not answer; waiting for it. (" + reason + ")");
    }
  }

  private long sinceRead() {
    return System.nanoTime() - lastRead;
  }
}
