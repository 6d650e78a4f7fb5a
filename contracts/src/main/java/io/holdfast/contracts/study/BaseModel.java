package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.model.Architecture;

/**
 * A trained model that a study starts from, in place of random weights.
 *
 * @param path directory of a Hugging Face Llama, below an allowed root
 * @param context longest sequence of the study; at most the model's own
 */
public record BaseModel(String path, int context) implements StudyModel {

  /** The directory's own name, by which people know the model. */
  public String name() {
    String trimmed = path.replaceAll("/+$", "");
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  @Override
  public Architecture architecture(Inspection inspection) {
    return inspection.base().architecture().withContext(context);
  }
}
