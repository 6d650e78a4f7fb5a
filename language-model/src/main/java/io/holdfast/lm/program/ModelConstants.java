package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.HashMap;
import java.util.Map;

/** What a model's sizes and number format put in place of a program text's placeholders. */
final class ModelConstants {

  /** Codes of number formats in TorchScript. fp64, which results are returned in, is 7. */
  private static final String FLOAT32 = "6";

  private static final String BFLOAT16 = "15";

  private ModelConstants() {}

  static Map<String, String> of(LlamaProgram program) {
    Architecture model = program.architecture();
    ParameterLayout layout = ParameterLayout.of(model);
    Map<String, String> values = new HashMap<>();
    values.put("$TYPE", program.precision() == Precision.BF16 ? BFLOAT16 : FLOAT32);
    values.put("$SCALE", Double.toString(1 / Math.sqrt(model.headSize())));
    values.put("$EPSILON_RMS", Double.toString(model.rmsNormEpsilon()));
    values.put("$FREQUENCY", RotationText.frequency(model));
    integer(values, "$HALF_HEAD", model.headSize() / 2);
    integer(values, "$HEAD_SIZE", model.headSize());
    integer(values, "$HEADS", model.heads());
    integer(values, "$KV_HEADS", model.kvHeads());
    integer(values, "$GROUP", model.heads() / model.kvHeads());
    values.put("$IS_GROUPED", model.heads() == model.kvHeads() ? "False" : "True");
    integer(values, "$HIDDEN", model.hiddenSize());
    integer(values, "$VOCAB", model.vocabSize());
    integer(values, "$LAYERS", model.layers());
    integer(values, "$BLOCK_MATRICES", ParameterLayout.BLOCK_MATRICES);
    integer(values, "$BLOCK_NORMS", ParameterLayout.BLOCK_NORMS);
    integer(values, "$HEAD_MATRIX", model.tiedEmbeddings() ? 0 : layout.matrices() - 1);
    integer(values, "$MATRICES", layout.matrices());
    integer(values, "$FINAL_NORM", layout.size() - 1);
    integer(values, "$DECAYED", program.trained().matrices());
    values.putAll(lists(program.lora()));
    values.putAll(adapters(program));
    for (OptimizerStep.Field field : OptimizerStep.Field.values()) {
      values.put(field.placeholder(), field.script());
    }
    return values;
  }

  /** Which lists the methods take: p is trained, f is fixed, W are the model's own weights. */
  private static Map<String, String> lists(Lora lora) {
    return lora == null
        ? Map.of("$P_LIST", "p: List[Tensor]", "$P", "p", "$W", "p")
        : Map.of("$P_LIST", "p: List[Tensor], f: List[Tensor]", "$P", "p, f", "$W", "f");
  }

  private static Map<String, String> adapters(LlamaProgram program) {
    Lora lora = program.lora();
    if (lora == null) {
      return Map.of("$BLOCK_ADAPTERS", "0");
    }
    int block = AdapterLayout.TENSORS * AdapterLayout.blockTargets(lora).size();
    Map<String, String> values = new HashMap<>();
    values.put("$LORA_SCALE", Double.toString(lora.scale()));
    integer(values, "$BLOCK_ADAPTERS", block);
    integer(values, "$HEAD_ADAPTER", block * program.architecture().layers());
    integer(
        values,
        "$MERGED_HEAD",
        ParameterLayout.of(lora.merged(program.architecture())).matrices() - 1);
    return values;
  }

  private static void integer(Map<String, String> values, String name, int value) {
    values.put(name, Integer.toString(value));
  }
}
