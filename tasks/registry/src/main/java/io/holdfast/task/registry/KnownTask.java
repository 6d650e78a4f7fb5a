package io.holdfast.task.registry;

import io.holdfast.contracts.event.TaskAnnounced;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskName;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * What was heard of one version of a task.
 *
 * @param name which
 * @param url where it answers
 * @param descriptionSha256 {@link TaskDescription#sha256} of what it says of itself
 * @param announcedAt when it was last announced
 * @param expiresAt until when that holds
 * @param withdrawn whether its operator took it away
 * @param description what it says of itself; null until it was asked
 * @param refused the last announcement that was not believed, one sentence; or null
 */
public record KnownTask(
    TaskName name,
    URI url,
    String descriptionSha256,
    Instant announcedAt,
    Instant expiresAt,
    boolean withdrawn,
    TaskDescription description,
    String refused) {

  public KnownTask {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(descriptionSha256, "descriptionSha256");
    Objects.requireNonNull(announcedAt, "announcedAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }

  /** A task that nothing was heard of before. */
  public static KnownTask of(TaskAnnounced event) {
    return new KnownTask(
        event.task(),
        URI.create(event.url()),
        event.descriptionSha256(),
        event.announcedAt(),
        event.expiresAt(),
        event.withdraws(),
        null,
        null);
  }

  /**
   * What is known after another announcement of it. The description is the first one's for good:
   * scores and corpora of one name must stay comparable, so who announces another is not believed.
   */
  public KnownTask hear(TaskAnnounced event) {
    if (!event.descriptionSha256().equals(descriptionSha256)) {
      return new KnownTask(
          name,
          url,
          descriptionSha256,
          announcedAt,
          expiresAt,
          withdrawn,
          description,
          "On %s, %s announced another description of %s; a version of a task never changes."
              .formatted(event.announcedAt(), event.url(), name));
    }
    return new KnownTask(
        name,
        URI.create(event.url()),
        descriptionSha256,
        event.announcedAt(),
        event.expiresAt(),
        event.withdraws(),
        description,
        null);
  }

  /** Whether its service should answer. */
  public boolean available(Instant now) {
    return !withdrawn && now.isBefore(expiresAt);
  }

  /** With what it says of itself. */
  KnownTask with(TaskDescription said) {
    return new KnownTask(
        name, url, descriptionSha256, announcedAt, expiresAt, withdrawn, said, refused);
  }
}
