package io.holdfast.data.registry;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.checkpoint.ModelDirectory;

/**
 * A user's model in the artifact store.
 *
 * @param id hash of its configuration, weights and tokenizer
 * @param path where the user's directory was found
 */
public record RegisteredModel(String id, Architecture architecture, String path) {

  /** Artifact path of the directory. */
  public String artifact() {
    return ModelDirectory.artifact(id);
  }
}
