package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.checkpoint.LlamaTensors;
import java.util.ArrayList;
import java.util.List;

/**
 * Order of a model's tensors in the lists that a program takes: the matrices, which decay, then the
 * norm weights, which do not; each in the order of the forward pass.
 *
 * @param names Hugging Face names
 * @param shapes sizes of the axes, outermost first
 * @param matrices how many of the tensors are matrices
 */
public record ParameterLayout(List<String> names, List<List<Long>> shapes, int matrices) {

  /** Matrices of one block: query, key, value, output, gate, up, down. */
  static final int BLOCK_MATRICES = 7;

  /** Norm weights of one block: before attention, before the feed-forward. */
  static final int BLOCK_NORMS = 2;

  public ParameterLayout {
    names = List.copyOf(names);
    shapes = List.copyOf(shapes);
  }

  public static ParameterLayout of(Architecture architecture) {
    List<String> names = new ArrayList<>();
    List<List<Long>> shapes = new ArrayList<>();
    int matrices = 0;
    for (int rank = 2; rank >= 1; rank--) {
      for (var tensor : LlamaTensors.shapes(architecture).entrySet()) {
        if (tensor.getValue().size() == rank) {
          names.add(tensor.getKey());
          shapes.add(tensor.getValue());
        }
      }
      matrices = rank == 2 ? names.size() : matrices;
    }
    return new ParameterLayout(names, shapes, matrices);
  }

  /** Number of elements of all tensors. */
  public long elements() {
    return shapes.stream()
        .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
        .reduce(0, Math::addExact);
  }

  /** Number of tensors. */
  public int size() {
    return names.size();
  }

  /** Whether a tensor is a matrix, and so is initialized at random and decays. */
  public boolean isMatrix(int tensor) {
    return tensor < matrices;
  }
}
