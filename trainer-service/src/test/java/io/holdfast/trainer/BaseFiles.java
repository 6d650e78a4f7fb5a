package io.holdfast.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.lm.checkpoint.LlamaTensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A Llama as other programs save it, of random weights; written without Holdfast's writers. */
final class BaseFiles {

  private BaseFiles() {}

  /** How the numbers are stored. */
  enum Stored {
    F32(4),
    F16(2),
    BF16_IN_SHARDS(2);

    private final int bytes;

    Stored(int bytes) {
      this.bytes = bytes;
    }

    private String type() {
      return this == BF16_IN_SHARDS ? "BF16" : name();
    }

    private void put(ByteBuffer into, float value) {
      switch (this) {
        case F32 -> into.putFloat(value);
        case F16 -> into.putShort(Float.floatToFloat16(value));
        case BF16_IN_SHARDS -> into.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
      }
    }
  }

  static void write(Path directory, Architecture model, Stored stored) throws IOException {
    Files.writeString(directory.resolve("config.json"), config(model).toString());
    List<String> names = List.copyOf(LlamaTensors.shapes(model).keySet());
    if (stored != Stored.BF16_IN_SHARDS) {
      writeFile(directory.resolve("model.safetensors"), model, names, stored);
      return;
    }
    int half = names.size() / 2;
    ObjectNode index = Json.mapper().createObjectNode();
    ObjectNode map = index.putObject("weight_map");
    for (int shard = 1; shard <= 2; shard++) {
      String file = "model-%05d-of-00002.safetensors".formatted(shard);
      List<String> part = shard == 1 ? names.subList(0, half) : names.subList(half, names.size());
      writeFile(directory.resolve(file), model, part, stored);
      part.forEach(name -> map.put(name, file));
    }
    Files.writeString(directory.resolve("model.safetensors.index.json"), index.toString());
  }

  private static ObjectNode config(Architecture model) {
    ObjectNode config = Json.mapper().createObjectNode();
    config.putArray("architectures").add("LlamaForCausalLM");
    config.put("model_type", "llama").put("vocab_size", model.vocabSize());
    config
        .put("hidden_size", model.hiddenSize())
        .put("intermediate_size", model.intermediateSize());
    config.put("num_hidden_layers", model.layers()).put("num_attention_heads", model.heads());
    config.put("num_key_value_heads", model.kvHeads()).put("head_dim", model.headSize());
    config.put("max_position_embeddings", model.maxSequenceLength());
    config.put("rope_theta", model.ropeTheta()).put("rms_norm_eps", model.rmsNormEpsilon());
    config.put("tie_word_embeddings", model.tiedEmbeddings());
    RopeScaling scaling = model.ropeScaling();
    config
        .putObject("rope_scaling")
        .put("rope_type", "llama3")
        .put("factor", scaling.factor())
        .put("low_freq_factor", scaling.lowFreqFactor())
        .put("high_freq_factor", scaling.highFreqFactor())
        .put("original_max_position_embeddings", scaling.originalMaxPositionEmbeddings());
    return config;
  }

  private static void writeFile(Path file, Architecture model, List<String> names, Stored stored)
      throws IOException {
    ObjectNode header = Json.mapper().createObjectNode();
    List<float[]> tensors = new ArrayList<>();
    long begin = 0;
    for (String name : names) {
      List<Long> shape = LlamaTensors.shapes(model).get(name);
      float[] values = values(name, shape);
      long end = begin + (long) values.length * stored.bytes;
      ObjectNode entry = header.putObject(name).put("dtype", stored.type());
      shape.forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(begin).add(end);
      tensors.add(values);
      begin = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + (int) begin).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (float[] values : tensors) {
      for (float value : values) {
        stored.put(bytes, value);
      }
    }
    Files.write(file, bytes.array());
  }

  /** Far from zero, so that a step of 1e-30 is lost in the last place of each. */
  private static float[] values(String name, List<Long> shape) {
    Random random = new Random(name.hashCode());
    float[] values = new float[(int) (long) shape.stream().reduce(1L, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      float size = 0.01f + 0.05f * random.nextFloat();
      values[i] = shape.size() == 1 ? 1 + size : random.nextBoolean() ? size : -size;
    }
    return values;
  }
}
