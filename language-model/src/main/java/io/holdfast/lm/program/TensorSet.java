package io.holdfast.lm.program;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.checkpoint.NamedTensor;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.weights.ModelWeights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One fp32 tensor for each of a model's parameters, in native memory and in the layout's order: the
 * weights themselves, their gradients, or the optimizer's moments.
 *
 * <p>Only fp32 tensors are made here and only fp64 ones come back from a program, because a tensor
 * of a type that DJL does not know, such as bf16, aborts the JVM.
 */
public final class TensorSet implements AutoCloseable {

  private final ParameterLayout layout;
  private final PtNDManager manager;
  private final List<PtNDArray> tensors = new ArrayList<>();

  private TensorSet(ParameterLayout layout, PtNDManager manager) {
    this.layout = layout;
    this.manager = manager;
  }

  /**
   * Tensors of zeros.
   *
   * @throws EngineFailure when there is not enough memory
   */
  public static TensorSet zeros(ParameterLayout layout) {
    TensorSet set = new TensorSet(layout, LibTorch.newManager());
    try {
      for (List<Long> shape : layout.shapes()) {
        set.tensors.add((PtNDArray) set.manager.zeros(new Shape(shape), DataType.FLOAT32));
      }
      return set;
    } catch (EngineException e) {
      set.close();
      throw EngineFailure.of(e);
    }
  }

  /** Lets a program take gradients with respect to these tensors. */
  public TensorSet asParameters() {
    tensors.forEach(tensor -> tensor.setRequiresGradient(true));
    return this;
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** A tensor's elements, row-major: the native memory itself, not a copy. */
  public FloatBuffer values(int tensor) {
    return JniUtils.getByteBuffer(tensors.get(tensor), true).asFloatBuffer();
  }

  /**
   * Copies another set's tensors by name. A tied output projection, which the other does not have,
   * is its embedding.
   */
  public void copyFrom(TensorSet other) {
    List<String> others = other.layout.names();
    for (int i = 0; i < tensors.size(); i++) {
      int from = others.indexOf(layout.names().get(i));
      values(i).put(other.values(from < 0 ? others.indexOf(LlamaTensors.EMBEDDING) : from));
    }
  }

  /**
   * Reads the tensors from a file.
   *
   * @param prefix in front of each parameter's name
   * @throws io.holdfast.lm.durable.UnusableArtifactException when one is missing or misshapen
   */
  public void load(TensorSource file, String prefix) {
    for (int i = 0; i < tensors.size(); i++) {
      file.read(prefix + layout.names().get(i), layout.shapes().get(i), values(i));
    }
  }

  /** Takes a model's weights. */
  public void load(ModelWeights model) {
    for (int i = 0; i < tensors.size(); i++) {
      values(i).put(model.values(layout.names().get(i)));
    }
  }

  /**
   * The tensors as a checkpoint takes them; values are read when it is written.
   *
   * @param prefix in front of each parameter's name
   */
  public List<NamedTensor> named(String prefix) {
    List<NamedTensor> named = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      int tensor = i;
      named.add(
          new NamedTensor(
              prefix + layout.names().get(i), layout.shapes().get(i), () -> values(tensor)));
    }
    return named;
  }

  /** The tensors under the name by which DJL gathers them into one list argument. */
  List<PtNDArray> as(String list) {
    tensors.forEach(tensor -> tensor.setName(list));
    return tensors;
  }

  /** Frees the native memory; views of it must not be used any more. */
  @Override
  public void close() {
    manager.close();
  }
}
