package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program's dropout alone, on a tensor of ones. */
class DropTest {

  private static final int ELEMENTS = 200_000;

  private static final String PROBE =
      """
      class Probe(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """
          + DropoutText.DROP
          + "  def forward(self, x: Tensor, arguments: Tensor) -> Tensor:\n"
          + "    random = torch.Generator(device=ops.prim.device(x), seed=int(arguments[1]))\n"
          + "    return self.drop(x, float(arguments[0]), random)\n";

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.5})
  void dropsItsShareAndScalesTheRest(double probability) throws IOException {
    float[] dropped = drop(probability, 42);
    long zeros = IntStream.range(0, ELEMENTS).filter(i -> dropped[i] == 0).count();
    double deviation = Math.sqrt(probability * (1 - probability) / ELEMENTS);

    assertThat((double) zeros / ELEMENTS).isCloseTo(probability, within(4 * deviation));
    for (float value : dropped) {
      assertThat(value == 0 || Math.abs(value - 1 / (1 - probability)) < 1e-6).isTrue();
    }
    assertThat(drop(probability, 42)).isEqualTo(dropped);
    assertThat(drop(probability, 43)).isNotEqualTo(dropped);
  }

  private static float[] drop(double probability, long seed) throws IOException {
    try (PtNDManager manager = LibTorch.newManager();
        var probe =
            JniUtils.loadModule(
                manager,
                new ByteArrayInputStream(ScriptArchive.of("Probe", PROBE)),
                false,
                false)) {
      NDArray ones = manager.ones(new Shape(ELEMENTS));
      NDArray arguments = manager.create(new double[] {probability, seed});
      return IValueUtils.forward(probe, new NDList(ones, arguments), true)
          .singletonOrThrow()
          .toFloatArray();
    }
  }
}
