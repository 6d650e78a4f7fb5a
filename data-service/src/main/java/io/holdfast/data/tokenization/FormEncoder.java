package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.Document;
import io.holdfast.data.corpus.Form;
import io.holdfast.data.tokenizer.DocumentEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes documents by their forms. Context and what is learned are encoded each by itself, as a
 * prompt is when a model is asked to go on with it: no token straddles the border, so each has a
 * loss or has none. Not thread-safe, as its encoder.
 */
final class FormEncoder {

  private final DocumentEncoder encoder;
  private final int endOfText;

  FormEncoder(DocumentEncoder encoder, int endOfText) {
    this.encoder = encoder;
    this.endOfText = endOfText;
  }

  private record Part(String text, boolean learned) {}

  List<EncodedDocument> encode(List<Document> documents) {
    List<List<Part>> parts = documents.stream().map(FormEncoder::parts).toList();
    // All at once: the encoder is quicker the more it is given.
    List<int[]> tokens =
        encoder.encode(parts.stream().flatMap(List::stream).map(Part::text).toList());
    List<EncodedDocument> encoded = new ArrayList<>();
    int at = 0;
    for (List<Part> own : parts) {
      encoded.add(
          EncodedDocument.of(
              tokens.subList(at, at + own.size()),
              own.stream().map(Part::learned).toList(),
              endOfText));
      at += own.size();
    }
    return encoded;
  }

  private static List<Part> parts(Document document) {
    String text = document.text();
    return switch (document.form()) {
      case Form.Whole() -> List.of(new Part(text, true));
      // Some tokenizers make a token of nothing.
      case Form.Pair(int prompt) when prompt == 0 -> List.of(new Part(text, true));
      case Form.Pair(int prompt) ->
          List.of(
              new Part(text.substring(0, prompt), false), new Part(text.substring(prompt), true));
    };
  }
}
