package io.holdfast.benchmarks.pods;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** What this process stands for. */
@ConfigMapping(prefix = "simulation")
public interface PodsConfig {

  /** Pods whose claim loops run here. */
  int pods();

  /** Begins the names of these pods. */
  String name();

  /** How long a stage trains on average; each takes from half of it to one and a half. */
  Duration training();
}
