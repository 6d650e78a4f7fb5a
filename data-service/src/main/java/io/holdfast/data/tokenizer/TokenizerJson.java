package io.holdfast.data.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes a {@link BpeModel} as Hugging Face's {@code tokenizer.json}: the fields and the order in
 * which the {@code tokenizers} library itself writes them.
 */
public final class TokenizerJson {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private TokenizerJson() {}

  /** Writes the file. */
  public static void write(BpeModel model, Path file) throws IOException {
    MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), toJson(model));
  }

  private static ObjectNode toJson(BpeModel model) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    root.putArray("added_tokens")
        .addObject()
        .put("id", 0)
        .put("content", BpeModel.END_OF_TEXT)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
    root.putNull("normalizer");
    byteLevel(root.putObject("pre_tokenizer"));
    root.putNull("post_processor");
    byteLevel(root.putObject("decoder"));
    bpe(root.putObject("model"), model);
    return root;
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private static void bpe(ObjectNode node, BpeModel model) {
    node.put("type", "BPE")
        .putNull("dropout")
        .putNull("unk_token")
        .putNull("continuing_subword_prefix")
        .putNull("end_of_word_suffix")
        .put("fuse_unk", false)
        .put("byte_fallback", false)
        .put("ignore_merges", false);
    ObjectNode vocab = node.putObject("vocab");
    for (int id = 0; id < model.symbols().size(); id++) {
      vocab.put(model.symbols().get(id), id);
    }
    ArrayNode merges = node.putArray("merges");
    // As "left right", which every version of the library reads; symbols contain no space.
    model.merges().forEach(merge -> merges.add(merge.left() + " " + merge.right()));
  }
}
