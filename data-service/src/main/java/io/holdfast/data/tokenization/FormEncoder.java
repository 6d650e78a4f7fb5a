package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.Document;
import io.holdfast.data.corpus.Form;
import io.holdfast.data.corpus.Message;
import io.holdfast.data.tokenizer.DocumentEncoder;
import io.holdfast.data.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes documents by their forms. Context and what is learned are encoded each by itself, as a
 * prompt is when a model is asked to go on with it: no token straddles the border, so each has a
 * loss or has none. Not thread-safe, as its encoder.
 */
final class FormEncoder {

  private final Tokenizer tokenizer;
  private final DocumentEncoder encoder;

  FormEncoder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.encoder = tokenizer.encoder();
  }

  /**
   * @param templated whether a chat template wrote it
   */
  private record Part(String text, boolean learned, boolean templated) {}

  List<EncodedDocument> encode(List<Document> documents) {
    List<List<Part>> parts = documents.stream().map(this::parts).toList();
    // All at once: the encoder is quicker the more it is given.
    List<int[]> plain =
        encoder.encode(
            parts.stream()
                .flatMap(List::stream)
                .filter(part -> !part.templated())
                .map(Part::text)
                .toList());
    List<EncodedDocument> encoded = new ArrayList<>();
    int at = 0;
    for (List<Part> own : parts) {
      List<int[]> tokens = new ArrayList<>();
      for (Part part : own) {
        tokens.add(part.templated() ? tokenizer.encodeTemplated(part.text()) : plain.get(at++));
      }
      encoded.add(
          EncodedDocument.of(
              tokens, own.stream().map(Part::learned).toList(), tokenizer.file().endOfText()));
    }
    return encoded;
  }

  private List<Part> parts(Document document) {
    String text = document.text();
    return switch (document.form()) {
      case Form.Whole() -> List.of(new Part(text, true, false));
      // Some tokenizers make a token of nothing.
      case Form.Pair(int prompt) when prompt == 0 -> List.of(new Part(text, true, false));
      case Form.Pair(int prompt) ->
          List.of(
              new Part(text.substring(0, prompt), false, false),
              new Part(text.substring(prompt), true, false));
      case Form.Conversation(List<Message> messages, boolean assistantOnly) ->
          tokenizer.conversations().parts(messages, assistantOnly, document.place()).stream()
              .map(part -> new Part(part.text(), part.learned(), true))
              .toList();
    };
  }
}
