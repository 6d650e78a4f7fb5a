package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.Method.Lora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Low-rank adapters as they lie beside the weights that they are merged into, in the layout of
 * Hugging Face's PEFT.
 *
 * @param lora what was trained
 * @param base what the adapters belong to: a directory or a name, or null when nobody can know
 * @param tensors A [r, inputs] and B [outputs, r] of every adapted matrix, named as PEFT does
 *     without its prefix: {@code model.layers.0.self_attn.q_proj.lora_A.weight}
 */
public record AdapterContents(Lora lora, String base, List<NamedTensor> tensors) {

  /** Where adapters lie in a checkpoint directory. */
  public static final String DIRECTORY = "adapter";

  static final String CONFIG = "adapter_config.json";
  static final String WEIGHTS = "adapter_model.safetensors";

  /** PEFT wraps a model twice: as base_model of its own, and as model of the LoRA tuner. */
  private static final String PREFIX = "base_model.model.";

  public AdapterContents {
    Objects.requireNonNull(lora, "lora");
    tensors = List.copyOf(tensors);
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("adapters have tensors");
    }
  }

  /** Writes {@code adapter_config.json} and {@code adapter_model.safetensors}. */
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<NamedTensor> prefixed =
        tensors.stream()
            .map(tensor -> new NamedTensor(PREFIX + tensor.name(), tensor.shape(), tensor.values()))
            .toList();
    SafetensorsWriter.write(directory.resolve(WEIGHTS), prefixed, Map.of("format", "pt"));
    CheckpointDirectory.writeJson(directory.resolve(CONFIG), config());
  }

  /** The fields of PEFT's {@code LoraConfig} that are not its defaults, and those that matter. */
  private ObjectNode config() {
    ObjectNode config = Json.mapper().createObjectNode();
    config.put("base_model_name_or_path", base);
    config.put("bias", "none");
    config.put("fan_in_fan_out", false);
    config.put("inference_mode", true);
    config.put("init_lora_weights", true);
    putAlpha(config);
    config.put("lora_dropout", lora.dropout());
    config.putNull("modules_to_save");
    config.put("peft_type", "LORA");
    config.put("r", lora.rank());
    ArrayNode modules = config.putArray("target_modules");
    lora.targets().forEach(target -> modules.add(target.name().toLowerCase(Locale.ROOT)));
    config.put("task_type", "CAUSAL_LM");
    config.put("use_dora", false);
    config.put("use_rslora", false);
    return config;
  }

  /** PEFT declares α as an integer; readers that insist on it get one where it is one. */
  private void putAlpha(ObjectNode config) {
    if (lora.alpha() == Math.rint(lora.alpha()) && lora.alpha() < Integer.MAX_VALUE) {
      config.put("lora_alpha", (int) lora.alpha());
    } else {
      config.put("lora_alpha", lora.alpha());
    }
  }
}
