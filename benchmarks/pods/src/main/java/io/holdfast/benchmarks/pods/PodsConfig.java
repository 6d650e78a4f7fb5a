package io.holdfast.benchmarks.pods;

import io.smallrye.config.ConfigMapping;

/** What this process stands for. */
@ConfigMapping(prefix = "simulation")
public interface PodsConfig {

  /** Pods whose claim loops run here. */
  int pods();

  /** Begins the names of these pods. */
  String name();
}
