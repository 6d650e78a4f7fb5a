package io.holdfast.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.holdfast.lm.program.LibTorch;
import io.holdfast.lm.program.ScriptArchive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A small program of the benchmarks' own in the engine's libtorch, called as the engine calls. */
final class TorchScript implements AutoCloseable {

  private static final String CLASS_NAME = "Benchmark";

  private static final String HEAD =
      """
      class Benchmark(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  private final PtNDManager manager;
  private final PtSymbolBlock module;

  /**
   * Compiles a program.
   *
   * @param methods TorchScript text, indented by two spaces; each returns one fp64 tensor
   */
  TorchScript(String methods) {
    LibTorch.start();
    manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();
    try {
      byte[] archive = ScriptArchive.of(CLASS_NAME, HEAD + methods);
      module = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setNumThreads(LibTorch.threads());
  }

  /** Random fp32 numbers in [-1, 1), which live until this program is closed. */
  NDArray random(long... shape) {
    return manager.randomUniform(-1, 1, new Shape(shape), DataType.FLOAT32);
  }

  /** An fp32 tensor of one number, which lives until this program is closed. */
  NDArray number(double value) {
    return manager.create((float) value);
  }

  /** Seconds of one call. */
  double seconds(String method, NDArray... arguments) {
    return seconds(method, new NDList(arguments));
  }

  double seconds(String method, NDList arguments) {
    try (NDArray name = manager.create(0f)) {
      name.setName("module_method:" + method);
      NDList all = new NDList(arguments);
      all.add(name);
      long start = System.nanoTime();
      try (NDList result = IValueUtils.forward(module, all, true)) {
        result.singletonOrThrow().toDoubleArray();
        return (System.nanoTime() - start) / 1e9;
      }
    }
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
