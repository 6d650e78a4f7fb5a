package io.holdfast.data;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** How much data-service does at once, and how much of it while somebody waits. */
@ConfigMapping(prefix = "holdfast.data")
public interface DataConfig {

  /** Largest corpus that an inspection tokenizes, so that its token counts are known at once. */
  @WithDefault("256M")
  MemorySize inspectTokenizeLimit();

  /** Most text that a tokenizer is trained on; of more, documents are chosen by hash. */
  @WithDefault("128M")
  MemorySize tokenizerSample();

  /** Threads that encode one corpus; one a core by default. */
  OptionalInt encodeThreads();

  /** Text that is sorted at a time while a corpus is tokenized. */
  @WithDefault("256M")
  MemorySize bucket();

  /**
   * A corpus of files with at least that much text is tokenized in pieces, which all data pods
   * share; a smaller one by the pod that prepares a stage on it.
   */
  @WithDefault("1G")
  MemorySize shareFrom();

  /** Text that a pod reads and encodes at a time of a corpus that is shared. */
  @WithDefault("256M")
  MemorySize part();

  /** Text that is kept in memory during inspections, so that small corpora are read once. */
  @WithDefault("64M")
  MemorySize keepDocuments();

  /** Stages that are prepared at a time; most wait for the disk or for another's tokenization. */
  @WithDefault("4")
  int preparations();
}
