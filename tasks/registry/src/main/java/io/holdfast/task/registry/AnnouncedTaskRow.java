package io.holdfast.task.registry;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskName;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Table {@code announced_task}. */
@Entity
@Table(name = "announced_task")
public class AnnouncedTaskRow extends PanacheEntityBase {

  /** {@code name@version}. */
  @Id public String task;

  public String url;

  @Column(name = "description_sha256")
  public String descriptionSha256;

  @Column(name = "announced_at")
  public Instant announcedAt;

  @Column(name = "expires_at")
  public Instant expiresAt;

  public boolean withdrawn;
  public String description;
  public String refused;

  static Optional<KnownTask> find(TaskName name) {
    return AnnouncedTaskRow.<AnnouncedTaskRow>findByIdOptional(name.toString())
        .map(AnnouncedTaskRow::known);
  }

  /** The task, locked until the transaction ends. */
  static Optional<KnownTask> lock(TaskName name) {
    return Optional.ofNullable(
            AnnouncedTaskRow.<AnnouncedTaskRow>findById(
                name.toString(), LockModeType.PESSIMISTIC_WRITE))
        .map(AnnouncedTaskRow::known);
  }

  static List<KnownTask> all() {
    return AnnouncedTaskRow.<AnnouncedTaskRow>list("order by task").stream()
        .map(AnnouncedTaskRow::known)
        .toList();
  }

  static void store(KnownTask known) {
    String id = known.name().toString();
    AnnouncedTaskRow row = findById(id);
    if (row == null) {
      row = new AnnouncedTaskRow();
      row.task = id;
    }
    row.url = known.url().toString();
    row.descriptionSha256 = known.descriptionSha256();
    row.announcedAt = known.announcedAt();
    row.expiresAt = known.expiresAt();
    row.withdrawn = known.withdrawn();
    row.description = known.description() == null ? null : Json.write(known.description());
    row.refused = known.refused();
    row.persist();
  }

  private KnownTask known() {
    return new KnownTask(
        TaskName.parse(task).orElseThrow(),
        URI.create(url),
        descriptionSha256,
        announcedAt,
        expiresAt,
        withdrawn,
        description == null ? null : Json.read(description, TaskDescription.class),
        refused);
  }
}
