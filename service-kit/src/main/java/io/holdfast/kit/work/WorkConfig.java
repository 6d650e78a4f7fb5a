package io.holdfast.kit.work;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How fast work is picked up, and how soon a dead worker is noticed. */
@ConfigMapping(prefix = "holdfast.work")
public interface WorkConfig {

  /** How often a free worker looks for work that another process submitted. */
  @WithDefault("200ms")
  Duration poll();

  /** How often a worker shows that it lives. */
  @WithDefault("2s")
  Duration heartbeat();

  /** After how many missing heartbeats its work is given to another; at least 4. */
  @WithDefault("5")
  int missedHeartbeats();

  /** How long handlers may take to stop when the process ends. */
  @WithDefault("20s")
  Duration stopLimit();

  /** Off: this process submits work and performs none. */
  @WithDefault("true")
  boolean enabled();

  /**
   * This process ends after it has performed that many pieces, for pods that are one job each.
   * Without it, it works until it is told to stop.
   */
  OptionalInt exitAfter();

  /** This process ends when it has had no work for that long. */
  Optional<Duration> exitWhenIdle();
}
