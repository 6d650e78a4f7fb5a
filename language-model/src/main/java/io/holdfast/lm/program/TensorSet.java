package io.holdfast.lm.program;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.checkpoint.NamedTensor;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.weights.ModelWeights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;

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
  private final TensorAccess access;
  private final List<PtNDArray> tensors = new ArrayList<>();

  private TensorSet(ParameterLayout layout, PtNDManager manager, TensorAccess access) {
    this.layout = layout;
    this.manager = manager;
    this.access = access;
  }

  /**
   * Tensors of zeros.
   *
   * @throws EngineFailure when there is not enough memory
   */
  public static TensorSet zeros(ParameterLayout layout) {
    return zeros(layout, TensorAccess.to(LibTorch.device()));
  }

  static TensorSet zeros(ParameterLayout layout, TensorAccess access) {
    TensorSet set = new TensorSet(layout, LibTorch.newManager(), access);
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

  /**
   * A copy of a tensor's elements, row-major.
   *
   * @throws ArithmeticException when they are more than an array holds
   */
  public float[] values(int tensor) {
    FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(elements(tensor)));
    access.read(tensors.get(tensor), (part, from) -> values.put(part));
    return values.array();
  }

  /**
   * Overwrites a tensor's elements, row-major.
   *
   * @param writer fills a buffer, given its first element's place; called for one part after the
   *     other
   */
  public void fill(int tensor, ObjLongConsumer<FloatBuffer> writer) {
    access.fill(tensors.get(tensor), writer::accept);
  }

  private long elements(int tensor) {
    return tensors.get(tensor).getShape().size();
  }

  /**
   * Copies another set's tensors by name. A tied output projection, which the other does not have,
   * is its embedding.
   */
  public void copyFrom(TensorSet other) {
    List<String> others = other.layout.names();
    for (int i = 0; i < tensors.size(); i++) {
      int from = others.indexOf(layout.names().get(i));
      TensorAccess.copy(
          other.tensors.get(from < 0 ? others.indexOf(LlamaTensors.EMBEDDING) : from),
          tensors.get(i));
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
      String name = prefix + layout.names().get(i);
      List<Long> shape = layout.shapes().get(i);
      fill(i, (part, from) -> file.read(name, shape, from, part));
    }
  }

  /** Takes a model's weights. */
  public void load(ModelWeights model) {
    for (int i = 0; i < tensors.size(); i++) {
      String name = layout.names().get(i);
      fill(i, (part, from) -> model.read(name, from, part));
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
      PtNDArray tensor = tensors.get(i);
      named.add(
          new NamedTensor(
              prefix + layout.names().get(i),
              layout.shapes().get(i),
              sink -> access.read(tensor, (part, from) -> sink.accept(part))));
    }
    return named;
  }

  /** The tensors under the name by which DJL gathers them into one list argument. */
  List<PtNDArray> as(String list) {
    tensors.forEach(tensor -> tensor.setName(list));
    return tensors;
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    manager.close();
  }
}
