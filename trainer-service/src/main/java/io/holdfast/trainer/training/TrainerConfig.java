package io.holdfast.trainer.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** How this process trains. Nothing here influences a stage's weights. */
@ConfigMapping(prefix = "holdfast.trainer")
interface TrainerConfig {

  /** Time between resumable checkpoints: what a crash costs at most. */
  @WithDefault("60s")
  Duration checkpointInterval();

  /** Resumable checkpoints kept per stage; with two, a damaged newest one costs one interval. */
  @WithDefault("2")
  int keepCheckpoints();

  /** How long a process that is told to go waits for its last checkpoint to reach a bucket. */
  @WithDefault("45s")
  Duration flushLimit();

  /**
   * Crashes, or unexpected failures in a row, without a checkpoint in between, before giving up.
   */
  @WithDefault("4")
  int maxAttempts();

  /** Name of this process in progress events; the host and process id unless given. */
  @WithName("worker")
  Optional<String> worker();
}
