package io.holdfast.kit.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The topics that a service makes when it starts. */
@ConfigMapping(prefix = "holdfast.topics")
public interface TopicsConfig {

  /** Whether missing topics are created; off where an operator or Strimzi creates them. */
  @WithDefault("true")
  boolean create();

  /** Partitions of a new topic: as many processes of one service can share its records. */
  @WithDefault("8")
  int partitions();
}
