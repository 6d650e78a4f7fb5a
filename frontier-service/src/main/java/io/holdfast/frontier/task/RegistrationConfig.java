package io.holdfast.frontier.task;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the tasks that are registered here are kept announced. */
@ConfigMapping(prefix = "holdfast.registration")
public interface RegistrationConfig {

  /** How often a task's service is asked whether it is still there. */
  @WithDefault("15s")
  Duration heartbeat();

  /** How long an announcement holds; some heartbeats, so that a lost one does no harm. */
  @WithDefault("60s")
  Duration expiry();
}
