package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.lm.checkpoint.LlamaTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Order of low-rank adapters in the lists that a program takes: block by block and within a block
 * by target, the output projection's last; A [r, inputs] before B [outputs, r]. Named as PEFT does,
 * without its prefix: {@code model.layers.0.self_attn.q_proj.lora_A.weight}.
 */
public final class AdapterLayout {

  /** Tensors of one adapter. */
  static final int TENSORS = 2;

  private static final List<Target> ATTENTION =
      List.of(Target.Q_PROJ, Target.K_PROJ, Target.V_PROJ, Target.O_PROJ);

  private AdapterLayout() {}

  /** The layout of a model's adapters; all of them are matrices and decay. */
  public static ParameterLayout of(Architecture model, Lora lora) {
    Map<String, List<Long>> weights = LlamaTensors.shapes(model);
    List<String> names = new ArrayList<>();
    List<List<Long>> shapes = new ArrayList<>();
    for (int layer = 0; layer < model.layers(); layer++) {
      for (Target target : blockTargets(lora)) {
        String name = "model.layers.%d.%s".formatted(layer, module(target));
        List<Long> shape = weights.get(name + ".weight");
        add(names, shapes, name, shape.get(0), shape.get(1), lora.rank());
      }
    }
    if (adaptsHead(lora)) {
      // When embeddings are tied the output projection has no tensor of its own.
      add(names, shapes, "lm_head", model.vocabSize(), model.hiddenSize(), lora.rank());
    }
    return new ParameterLayout(names, shapes, names.size());
  }

  private static void add(
      List<String> names,
      List<List<Long>> shapes,
      String module,
      long outputs,
      long inputs,
      long rank) {
    names.add(module + ".lora_A.weight");
    shapes.add(List.of(rank, inputs));
    names.add(module + ".lora_B.weight");
    shapes.add(List.of(outputs, rank));
  }

  /** The adapted matrices of every block, in order. */
  static List<Target> blockTargets(Lora lora) {
    return lora.targets().stream().filter(target -> target != Target.LM_HEAD).toList();
  }

  static boolean adaptsHead(Lora lora) {
    return lora.targets().contains(Target.LM_HEAD);
  }

  private static String module(Target target) {
    String part = ATTENTION.contains(target) ? "self_attn." : "mlp.";
    return part + target.name().toLowerCase(Locale.ROOT);
  }

  /** Whether a tensor is an adapter's A, which is initialized at random; B begins at zero. */
  public static boolean isRandom(ParameterLayout layout, int tensor) {
    return layout.names().get(tensor).contains(".lora_A.");
  }
}
