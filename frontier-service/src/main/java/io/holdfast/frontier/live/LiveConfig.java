package io.holdfast.frontier.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The live stream of events, {@code GET /api/events}. */
@ConfigMapping(prefix = "holdfast.live")
interface LiveConfig {

  /** After how much silence a subscriber is told that the stream lives. */
  @WithDefault("15s")
  Duration heartbeat();

  /** How long a subscriber may read nothing before it is disconnected. */
  @WithDefault("30s")
  Duration patience();

  /** Subscribers of one process at most. */
  @WithDefault("1000")
  int subscribers();

  /** Past events that are kept, for subscribers that come back. */
  @WithDefault("20000")
  int kept();
}
