package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A Hugging Face model directory as other programs write it: byte by byte here, with nothing of
 * Holdfast's own writers.
 */
public final class ForeignModel {

  /** The fields that no Llama leaves to LlamaConfig's defaults. */
  private static final String CONFIG =
      """
      {"architectures":["LlamaForCausalLM"],"model_type":"llama","vocab_size":%d,"hidden_size":%d,
       "intermediate_size":%d,"num_hidden_layers":%d,"num_attention_heads":%d,
       "num_key_value_heads":%d,"max_position_embeddings":%d,"rope_theta":%s,"rms_norm_eps":%s,
       "tie_word_embeddings":%s,"torch_dtype":"bfloat16","eos_token_id":[0,5]}
      """;

  private final Architecture model;
  private final TensorType type;
  private final Map<String, Tensor> tensors = new TreeMap<>();

  /**
   * A tensor to be written.
   *
   * @param values already rounded to the type
   */
  private record Tensor(TensorType type, List<Long> shape, float[] values) {}

  private ForeignModel(Architecture model, TensorType type) {
    this.model = model;
    this.type = type;
  }

  /** A model of random weights. */
  public static ForeignModel random(Architecture model, TensorType type, long seed) {
    ForeignModel foreign = new ForeignModel(model, type);
    Random random = new Random(seed);
    LlamaTensors.shapes(model)
        .forEach(
            (name, shape) -> {
              boolean norm = shape.size() == 1;
              double[] values =
                  random.doubles(elements(shape), -0.3, 0.3).map(v -> norm ? 1 + v : v).toArray();
              foreign.with(name, type, shape, values);
            });
    return foreign;
  }

  public ForeignModel with(String name, TensorType type, List<Long> shape, double... values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = rounded(type, (float) values[i]);
    }
    tensors.put(name, new Tensor(type, shape, rounded));
    return this;
  }

  ForeignModel without(String name) {
    tensors.remove(name);
    return this;
  }

  /** A tensor's values under another name, too. */
  ForeignModel withCopy(String name, String of) {
    tensors.put(name, tensors.get(of));
    return this;
  }

  public float[] values(String name) {
    return tensors.get(name).values();
  }

  public List<NamedTensor> named() {
    return tensors.entrySet().stream()
        .map(e -> NamedTensor.of(e.getKey(), e.getValue().shape(), e.getValue().values()))
        .toList();
  }

  /** Writes {@code model.safetensors}. */
  public Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    writeConfig(directory);
    writeFile(directory.resolve("model.safetensors"), List.copyOf(tensors.keySet()));
    return directory;
  }

  /** Writes shards and their index; neighbours in name order go to different shards. */
  public Path write(Path directory, int shards) throws IOException {
    Files.createDirectories(directory);
    writeConfig(directory);
    List<List<String>> names = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      names.add(new ArrayList<>());
    }
    ObjectNode index = Json.mapper().createObjectNode();
    index.putObject("metadata").put("total_size", 123);
    ObjectNode map = index.putObject("weight_map");
    for (String name : tensors.keySet()) {
      int shard = map.size() % shards;
      names.get(shard).add(name);
      map.put(name, shardName(shard, shards));
    }
    for (int i = 0; i < shards; i++) {
      writeFile(directory.resolve(shardName(i, shards)), names.get(i));
    }
    Files.writeString(directory.resolve("model.safetensors.index.json"), index.toString());
    return directory;
  }

  static String shardName(int shard, int shards) {
    return "model-%05d-of-%05d.safetensors".formatted(shard + 1, shards);
  }

  private void writeConfig(Path directory) throws IOException {
    Files.writeString(
        directory.resolve("config.json"),
        CONFIG.formatted(
            model.vocabSize(),
            model.hiddenSize(),
            model.intermediateSize(),
            model.layers(),
            model.heads(),
            model.kvHeads(),
            model.maxSequenceLength(),
            model.ropeTheta(),
            model.rmsNormEpsilon(),
            model.tiedEmbeddings()));
  }

  private void writeFile(Path file, List<String> names) throws IOException {
    ObjectNode header = Json.mapper().createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long begin = 0;
    for (String name : names) {
      Tensor tensor = tensors.get(name);
      long end = begin + (long) tensor.values().length * tensor.type().bytes();
      ObjectNode entry = header.putObject(name).put("dtype", tensor.type().name());
      tensor.shape().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + (int) begin).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (String name : names) {
      for (float value : tensors.get(name).values()) {
        put(bytes, tensors.get(name).type(), value);
      }
    }
    Files.write(file, bytes.array());
  }

  private static void put(ByteBuffer bytes, TensorType type, float value) {
    switch (type) {
      case F32 -> bytes.putFloat(value);
      case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
      case F16 -> bytes.putShort(Float.floatToFloat16(value));
      case I8 -> bytes.put((byte) value);
      default -> throw new IllegalArgumentException("not written in tests: " + type);
    }
  }

  private static float rounded(TensorType type, float value) {
    return switch (type) {
      case BF16 -> Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
      case F16 -> Float.float16ToFloat(Float.floatToFloat16(value));
      default -> value;
    };
  }

  private static int elements(List<Long> shape) {
    return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
  }
}
