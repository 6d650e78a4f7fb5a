package io.holdfast.trainer;

import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.json.Json;
import io.holdfast.lm.ArtifactPaths;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.shard.TokenShardWriter;
import io.holdfast.lm.train.StageRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** The real files that {@link Stages} speaks of: a shard and a byte-level tokenizer. */
final class StageFiles {

  private StageFiles() {}

  /** Writes shard and tokenizer, unless they are there. */
  static void write(Path root) {
    DurableDirectory.publish(
        root.resolve(Stages.SHARD).getParent(),
        directory -> {
          try (TokenShardWriter shard =
              TokenShardWriter.create(directory.resolve("train"), Stages.VOCAB_SIZE)) {
            documents(64).forEach(shard::append);
            shard.finish();
          }
        });
    DurableDirectory.publish(
        root.resolve(Stages.TOKENIZER).getParent(),
        directory -> Files.writeString(directory.resolve("tokenizer.json"), tokenizer()));
  }

  /** The run that the trainer makes of a prepared stage without a parent. */
  static StageRun run(StagePrepared prepared, ArtifactPaths artifacts, Path directory) {
    return new StageRun(
        prepared.spec(),
        prepared.plan(),
        artifacts,
        null,
        prepared.tokenizer(),
        prepared.dev(),
        prepared.fisher(),
        directory,
        Duration.ofMinutes(1),
        2);
  }

  /** Equally long documents of few words in random order: something a tiny model can learn. */
  private static List<long[]> documents(int count) {
    Random random = new Random(5);
    String[] words = {"hold ", "fast ", "the ", "rope ", "and ", "sail "};
    int length = (int) (Stages.TOKENS / count);
    return IntStream.range(0, count)
        .mapToObj(
            number -> {
              StringBuilder text = new StringBuilder();
              while (text.length() < length) {
                text.append(words[random.nextInt(words.length)]);
              }
              long[] tokens = text.substring(0, length).chars().asLongStream().toArray();
              tokens[length - 1] = Stages.END_OF_TEXT;
              return tokens;
            })
        .toList();
  }

  /** A {@code tokenizer.json} whose 256 tokens are the bytes, in GPT-2's printable alphabet. */
  private static String tokenizer() {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    int next = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xAC || value >= 0xAE;
      vocabulary.put(Character.toString(printable ? value : next++), value);
    }
    vocabulary.put("<|endoftext|>", Stages.END_OF_TEXT);
    Map<String, Object> byteLevel =
        Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true);
    Map<String, Object> endOfText =
        Map.of(
            "id", Stages.END_OF_TEXT,
            "content", "<|endoftext|>",
            "single_word", false,
            "lstrip", false,
            "rstrip", false,
            "normalized", false,
            "special", true);
    return Json.write(
        Map.of(
            "version",
            "1.0",
            "added_tokens",
            List.of(endOfText),
            "pre_tokenizer",
            byteLevel,
            "decoder",
            byteLevel,
            "model",
            Map.of("type", "BPE", "vocab", vocabulary, "merges", List.of())));
  }
}
