package io.holdfast.eval;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.checkpoint.CheckpointContents;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.checkpoint.NamedTensor;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.shard.TokenShardWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Real checkpoints of a tiny model with random weights, and real held-out shards. */
final class HeldOutFiles {

  static final int END_OF_TEXT = 256;
  static final int SEQUENCE_LENGTH = 16;
  static final int TOKENS = 1_000;

  private static final int VOCAB_SIZE = 257;
  private static final Architecture MODEL =
      new Architecture(VOCAB_SIZE, 16, 32, 1, 2, 1, 8, 32, 10_000, 1e-5, true, 0.02);

  private HeldOutFiles() {}

  /** Publishes a checkpoint whose weights follow from the seed. */
  static CheckpointPublished checkpoint(
      Path root, String stageId, long seed, HeldOutShard... sets) {
    return checkpoint(root, stageId, seed, null, sets);
  }

  /** The same at a mark on the stage's way, or, without one, at its end. */
  static CheckpointPublished checkpoint(
      Path root, String stageId, long seed, Long mark, HeldOutShard... sets) {
    String path = "checkpoints/%s/%s".formatted(stageId, mark == null ? "final" : "mark-" + mark);
    CheckpointDirectory.save(
        root.resolve(path),
        new CheckpointContents(
            MODEL,
            weights(new Random(seed)),
            tokenizer(root),
            END_OF_TEXT,
            Json.mapper().createObjectNode(),
            null));
    return new CheckpointPublished(
        stageId,
        path,
        CheckpointDirectory.open(root.resolve(path)).sha256(),
        10,
        100,
        mark == null,
        mark,
        1,
        null,
        "tokenizers/bytes/tokenizer.json",
        SEQUENCE_LENGTH,
        List.of(sets),
        List.of(),
        List.of());
  }

  /** The same checkpoint, to be scored on tasks too. */
  static CheckpointPublished asking(CheckpointPublished published, TaskEvaluation... tasks) {
    return new CheckpointPublished(
        published.stageId(),
        published.checkpoint(),
        published.sha256(),
        published.step(),
        published.tokens(),
        published.last(),
        published.mark(),
        published.attempt(),
        published.parent(),
        published.tokenizer(),
        published.sequenceLength(),
        published.evaluations(),
        published.probes(),
        List.of(tasks));
  }

  /** Writes a held-out shard of random letters. */
  static HeldOutShard heldOut(Path root, String corpus) {
    Random random = new Random(corpus.hashCode());
    DurableDirectory.publish(
        root.resolve("shards/" + corpus),
        directory -> {
          try (TokenShardWriter shard =
              TokenShardWriter.create(directory.resolve("test"), VOCAB_SIZE)) {
            for (int d = 0; d < 10; d++) {
              long[] document = random.longs(TOKENS / 10, 'a', 'z' + 1).toArray();
              document[document.length - 1] = END_OF_TEXT;
              shard.append(document);
            }
            shard.finish();
          }
        });
    return new HeldOutShard(corpus, "shards/" + corpus + "/test", END_OF_TEXT, TOKENS);
  }

  /** The same letters, of which only the second half of the first document is to be scored. */
  static HeldOutShard completions(Path root, String corpus) {
    Random random = new Random(corpus.hashCode());
    DurableDirectory.publish(
        root.resolve("shards/" + corpus),
        directory -> {
          try (TokenShardWriter shard =
              TokenShardWriter.createMasked(directory.resolve("test"), VOCAB_SIZE)) {
            for (int d = 0; d < 10; d++) {
              int[] document = random.ints(TOKENS / 10, 'a', 'z' + 1).toArray();
              document[document.length - 1] = END_OF_TEXT;
              BitSet hasLoss = new BitSet();
              hasLoss.set(document.length / 2, d == 0 ? document.length : document.length / 2);
              shard.append(document, hasLoss);
            }
            shard.finish();
          }
        });
    return new HeldOutShard(corpus, "shards/" + corpus + "/test", END_OF_TEXT, TOKENS);
  }

  private static List<NamedTensor> weights(Random random) {
    return LlamaTensors.shapes(MODEL).entrySet().stream()
        .map(entry -> NamedTensor.of(entry.getKey(), entry.getValue(), values(entry, random)))
        .toList();
  }

  private static float[] values(Map.Entry<String, List<Long>> tensor, Random random) {
    float[] values = new float[(int) (long) tensor.getValue().stream().reduce(1L, (a, b) -> a * b)];
    if (tensor.getKey().endsWith("norm.weight")) {
      Arrays.fill(values, 1);
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.02 * random.nextGaussian());
      }
    }
    return values;
  }

  /** A {@code tokenizer.json} whose 256 tokens are the bytes, in GPT-2's printable alphabet. */
  private static Path tokenizer(Path root) {
    Path directory = root.resolve("tokenizers/bytes");
    DurableDirectory.publish(
        directory,
        temporary -> Files.writeString(temporary.resolve("tokenizer.json"), tokenizerJson()));
    return directory.resolve("tokenizer.json");
  }

  private static String tokenizerJson() {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    int next = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xAC || value >= 0xAE;
      vocabulary.put(Character.toString(printable ? value : next++), value);
    }
    vocabulary.put("<|endoftext|>", END_OF_TEXT);
    Map<String, Object> byteLevel =
        Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true);
    Map<String, Object> endOfText =
        Map.of(
            "id", END_OF_TEXT,
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
