package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.lm.weights.TokenizerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A byte-level BPE whose words have four letters, and text of such words: with the space before it
 * a word is a token of five bytes, about as many as a token of English has.
 *
 * @param file the tokenizer, in a directory of its own, which {@link #close} removes
 * @param words that it knows
 */
record SyntheticText(TokenizerFile file, List<String> words) implements AutoCloseable {

  /** Pairs begin with one of these and end with one of those, so no pair spans two of them. */
  private static final String FIRST = "abcdefghijklm";

  private static final String SECOND = "nopqrstuvwxyz";

  /** A tokenizer of at most so many tokens. */
  static SyntheticText create(int vocabulary) {
    ObjectNode root = Json.mapper().createObjectNode().put("version", "1.0");
    root.putArray("added_tokens")
        .addObject()
        .put("id", 0)
        .put("content", "<|endoftext|>")
        .put("special", true)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false);
    for (String step : List.of("pre_tokenizer", "decoder")) {
      root.putObject(step)
          .put("type", "ByteLevel")
          .put("add_prefix_space", false)
          .put("trim_offsets", true)
          .put("use_regex", true);
    }
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode known = model.putObject("vocab").put("<|endoftext|>", 0).put("Ġ", 1);
    ArrayNode merges = model.putArray("merges");
    List<String> pairs = new ArrayList<>();
    (FIRST + SECOND).chars().forEach(c -> known.put(Character.toString(c), known.size()));
    for (char first : FIRST.toCharArray()) {
      for (char second : SECOND.toCharArray()) {
        pairs.add(merge(known, merges, Character.toString(first), Character.toString(second)));
      }
    }
    List<String> words = new ArrayList<>();
    Random random = new Random(7);
    while (known.size() + 2 <= vocabulary) {
      String first = pairs.get(random.nextInt(pairs.size()));
      String second = pairs.get(random.nextInt(pairs.size()));
      if (!known.has(first + second)) {
        words.add(merge(known, merges, first, second));
        merge(known, merges, "Ġ", first + second);
      }
    }
    try {
      Path directory = Files.createTempDirectory("holdfast-benchmark");
      Path file = Files.writeString(directory.resolve("tokenizer.json"), root.toString());
      return new SyntheticText(new TokenizerFile(file, 0, "synthetic"), words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String merge(ObjectNode known, ArrayNode merges, String left, String right) {
    known.put(left + right, known.size());
    merges.add(left + " " + right);
    return left + right;
  }

  /** Random text of so many tokens. */
  String text(int tokens, Random random) {
    StringBuilder text = new StringBuilder();
    for (int t = 0; t < tokens; t++) {
      text.append(' ').append(words.get(random.nextInt(words.size())));
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      Files.delete(file.file());
      Files.delete(file.file().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
