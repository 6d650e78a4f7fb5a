package io.holdfast.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call of libtorch costs before and after any arithmetic: a program that does nothing, with
 * the arguments of a training step. Tensors are of one element, since none is copied.
 */
final class CallOverhead {

  private static final String METHOD =
      """
        def nothing(self, ids: Tensor, targets: Tensor, step: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
          return torch.to(step, 7)
      """;

  private static final int CALLS = 200;

  private CallOverhead() {}

  /**
   * Median seconds of a call.
   *
   * @param tensors parameters of the model
   */
  static double seconds(int tensors) {
    try (TorchScript script = new TorchScript(METHOD)) {
      NDList arguments = new NDList(script.number(0), script.number(0), script.number(0));
      for (String list : List.of("p[]", "m[]", "v[]")) {
        for (int i = 0; i < tensors; i++) {
          NDArray tensor = script.number(0);
          tensor.setName(list);
          arguments.add(tensor);
        }
      }
      List<Double> seconds = new ArrayList<>();
      for (int call = 0; call < CALLS; call++) {
        seconds.add(script.seconds("nothing", arguments));
      }
      return Spread.of(seconds).median();
    }
  }
}
