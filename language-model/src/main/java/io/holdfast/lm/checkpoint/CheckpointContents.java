package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.model.Architecture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a checkpoint directory is written from.
 *
 * @param weights exactly the tensors of {@link LlamaTensors#shapes}; in a checkpoint to resume from
 *     what is trained, which may be adapters alone
 * @param tokenizer a {@code tokenizer.json}
 * @param endOfText token id between documents
 * @param summary how the weights came about; goes to {@code training_summary.json} and, for people,
 *     to {@code README.md}
 * @param adapter low-rank adapters that are merged into the weights, or null
 * @param optimizer AdamW's moments that a final checkpoint keeps for a child's sake; empty for none
 * @param resume what training needs to go on, or null for a final checkpoint
 */
public record CheckpointContents(
    Architecture architecture,
    List<NamedTensor> weights,
    Path tokenizer,
    int endOfText,
    JsonNode summary,
    AdapterContents adapter,
    List<NamedTensor> optimizer,
    Resume resume) {

  /** Contents without adapters. */
  public CheckpointContents(
      Architecture architecture,
      List<NamedTensor> weights,
      Path tokenizer,
      int endOfText,
      JsonNode summary,
      Resume resume) {
    this(architecture, weights, tokenizer, endOfText, summary, null, resume);
  }

  /** Contents without moments for a child. */
  public CheckpointContents(
      Architecture architecture,
      List<NamedTensor> weights,
      Path tokenizer,
      int endOfText,
      JsonNode summary,
      AdapterContents adapter,
      Resume resume) {
    this(architecture, weights, tokenizer, endOfText, summary, adapter, List.of(), resume);
  }

  /**
   * The trainer's own part.
   *
   * @param optimizer optimizer state by tensor
   * @param bestWeights weights that early stopping would return to; empty for none
   * @param state step, position and whatever else the trainer counts
   */
  public record Resume(List<NamedTensor> optimizer, List<NamedTensor> bestWeights, JsonNode state) {
    public Resume {
      optimizer = List.copyOf(optimizer);
      bestWeights = List.copyOf(bestWeights);
      Objects.requireNonNull(state, "state");
    }
  }

  public CheckpointContents {
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(summary, "summary");
    weights = List.copyOf(weights);
    optimizer = List.copyOf(optimizer);
    if (resume != null && !optimizer.isEmpty()) {
      throw new IllegalArgumentException(
          "a resumable checkpoint has its optimizer's state already");
    }
    Map<String, List<Long>> wanted =
        resume == null ? LlamaTensors.shapes(architecture) : shapes(weights);
    requireShapes(weights, wanted);
    if (resume != null && !resume.bestWeights().isEmpty()) {
      requireShapes(resume.bestWeights(), wanted);
    }
  }

  private static Map<String, List<Long>> shapes(List<NamedTensor> tensors) {
    Map<String, List<Long>> shapes = new TreeMap<>();
    tensors.forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
    return shapes;
  }

  private static void requireShapes(List<NamedTensor> tensors, Map<String, List<Long>> wanted) {
    Map<String, List<Long>> found = shapes(tensors);
    if (!found.equals(wanted)) {
      throw new IllegalArgumentException(
          "the weights are not the architecture's: %s instead of %s"
              .formatted(found, new TreeMap<>(wanted)));
    }
  }
}
