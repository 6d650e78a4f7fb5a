package io.holdfast.lm.program;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A TorchScript module in libtorch, and how its methods are called. */
final class CompiledScript implements AutoCloseable {

  private final PtNDManager manager;
  private final PtSymbolBlock module;

  private CompiledScript(PtNDManager manager, PtSymbolBlock module) {
    this.manager = manager;
    this.module = module;
  }

  /**
   * Compiles an archive.
   *
   * @param archive as {@link ScriptArchive} writes it
   * @throws EngineFailure when libtorch refuses it
   */
  static CompiledScript load(byte[] archive) {
    PtNDManager manager = LibTorch.newManager();
    try {
      var module = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
      return new CompiledScript(manager, module);
    } catch (EngineException e) {
      manager.close();
      throw EngineFailure.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /** Where one call's arguments and result are; closing it frees them. */
  NDManager newCall() {
    return manager.newSubManager();
  }

  /**
   * Calls a method. DJL attaches the result to the first argument's manager, which is the call's:
   * closing it frees everything but the tensor sets.
   */
  double[] run(String method, NDList arguments, NDManager call) {
    LibTorch.prepareThread();
    NDArray name = call.create(0f);
    name.setName("module_method:" + method);
    arguments.add(name);
    EngineCall event = new EngineCall();
    event.method = method;
    event.begin();
    try {
      // "Training" only means: not under inference mode, which could not take gradients.
      return IValueUtils.forward(module, arguments, true).singletonOrThrow().toDoubleArray();
    } catch (EngineException e) {
      throw EngineFailure.of(e);
    } finally {
      event.commit();
    }
  }

  /** Calls a method that takes some numbers and lists of tensors. */
  @SafeVarargs
  final double[] call(String method, double[] numbers, List<PtNDArray>... lists) {
    try (NDManager call = newCall()) {
      NDList arguments = new NDList(call.create(numbers));
      for (List<PtNDArray> list : lists) {
        arguments.addAll(list);
      }
      return run(method, arguments, call);
    }
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
