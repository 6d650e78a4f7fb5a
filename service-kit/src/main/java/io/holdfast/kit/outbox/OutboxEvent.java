package io.holdfast.kit.outbox;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * An event that was decided together with the state around it and waits to be sent.
 *
 * <p>The database draws the id when the row is inserted. Hibernate's pooled sequences would not do:
 * each pod would draw from its own range, and ids would no longer follow the order of the
 * decisions.
 */
@Entity
@Table(name = "kit_outbox")
class OutboxEvent extends PanacheEntityBase {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  @Column(nullable = false, updatable = false)
  String topic;

  @Column(nullable = false, updatable = false)
  String key;

  @Column(nullable = false, updatable = false)
  String value;

  static OutboxEvent of(String topic, String key, String value) {
    OutboxEvent event = new OutboxEvent();
    event.topic = topic;
    event.key = key;
    event.value = value;
    return event;
  }
}
