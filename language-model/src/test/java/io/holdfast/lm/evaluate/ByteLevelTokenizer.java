package io.holdfast.lm.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a byte-level BPE with a few merges, as Hugging Face's library reads it: 264 tokens. */
public final class ByteLevelTokenizer {

  private static final String[][] MERGES = {
    {"t", "h"}, {"th", "e"}, {"Ġ", "the"}, {"Ã", "©"}, {"a", "n"}, {"an", "d"}
  };

  private ByteLevelTokenizer() {}

  public static Path write(Path directory) throws IOException {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("version", "1.0");
    var added = root.putArray("added_tokens");
    added(added.addObject(), 0, "<|endoftext|>", true);
    added(added.addObject(), 263, "naïve", false);
    for (String step : new String[] {"pre_tokenizer", "decoder"}) {
      root.putObject(step)
          .put("type", "ByteLevel")
          .put("add_prefix_space", false)
          .put("trim_offsets", true)
          .put("use_regex", true);
    }
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode vocabulary = model.putObject("vocab").put("<|endoftext|>", 0);
    for (int b = 0; b < 256; b++) {
      vocabulary.put(symbol(b), 1 + b);
    }
    var merges = model.putArray("merges");
    int next = 257;
    for (String[] merge : MERGES) {
      vocabulary.put(merge[0] + merge[1], next++);
      merges.add(merge[0] + " " + merge[1]);
    }
    return Files.writeString(directory.resolve("tokenizer.json"), root.toString());
  }

  private static void added(ObjectNode token, int id, String content, boolean special) {
    token.put("id", id).put("content", content).put("special", special);
    for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
      token.put(flag, false);
    }
  }

  /** GPT-2's alphabet: printable Latin-1 stands for itself, the rest from U+0100 on. */
  private static String symbol(int b) {
    int shifted = 0;
    for (int i = 0; i < 256; i++) {
      boolean printable = i >= '!' && i <= '~' || i >= 0xA1 && i <= 0xAC || i >= 0xAE;
      if (i == b) {
        return String.valueOf((char) (printable ? b : 256 + shifted));
      }
      shifted += printable ? 0 : 1;
    }
    throw new IllegalArgumentException("not a byte: " + b);
  }
}
