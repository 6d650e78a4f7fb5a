package io.holdfast.lm.program;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** What libtorch computes on, and what is chosen by it. */
public sealed interface Processor {

  /**
   * What to compute on: {@code cpu}, {@code cuda}, or {@code auto}, the default, for what is there.
   */
  String PROPERTY = "holdfast.engine.device";

  /** Environment variable of the same meaning; the property wins. */
  String VARIABLE = "HOLDFAST_ENGINE_DEVICE";

  /** This machine's processor cores, and its memory. */
  record Cpu() implements Processor {}

  /**
   * The first GPU that CUDA shows.
   *
   * @param memoryBytes its own memory
   */
  record Cuda(long memoryBytes) implements Processor {}

  /**
   * The processor to compute on.
   *
   * @param wanted what an operator says; null or blank for {@code auto}
   * @param cuda the GPU, when there is one and libtorch can use it
   * @throws IllegalArgumentException when there is not what is wanted
   */
  static Processor choose(String wanted, Optional<Cuda> cuda) {
    String text = wanted == null || wanted.isBlank() ? "auto" : wanted.strip();
    return switch (text) {
      case "auto" -> cuda.<Processor>map(found -> found).orElseGet(Cpu::new);
      case "cpu" -> new Cpu();
      case "cuda" ->
          cuda.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "%s or %s is cuda, but libtorch finds no CUDA device: give it one and a libtorch for CUDA, or set auto"
                          .formatted(PROPERTY, VARIABLE)));
      default ->
          throw new IllegalArgumentException(
              "%s or %s must be auto, cpu or cuda: %s".formatted(PROPERTY, VARIABLE, text));
    };
  }

  /**
   * How attention is computed fastest. On CPUs products were at every length that was measured. The
   * choice is not left to a clock at start, because a stage that is resumed must choose again what
   * it chose before.
   */
  default Attention attention() {
    return switch (this) {
      case Cpu cpu -> Attention.PLAIN;
      case Cuda cuda -> Attention.FUSED;
    };
  }

  /** Most tokens of one call that make it faster; what a GPU needs is a guess, not measured. */
  default int mostTokens() {
    return switch (this) {
      case Cpu cpu -> MicroBatch.TOKENS;
      case Cuda cuda -> 16 * MicroBatch.TOKENS;
    };
  }

  /** Memory that tensors and activations share. */
  default long memory() {
    return switch (this) {
      case Cpu cpu ->
          ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getTotalMemorySize();
      case Cuda cuda -> cuda.memoryBytes();
    };
  }
}
