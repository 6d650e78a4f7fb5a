package io.holdfast.data.corpus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the {@code messages} of a record: a list of objects with {@code role} and {@code content}.
 */
final class MessagesField {

  private final String place;
  private final List<Message> messages = new ArrayList<>();

  MessagesField(String place) {
    this.place = place;
  }

  List<Message> messages() {
    return messages;
  }

  /** Takes the list that the parser is at the beginning of; what is wrong with it, or null. */
  Problem take(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String field = "messages[%d]".formatted(messages.size());
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return CorpusProblems.wrongMessage(place, field);
      }
      Problem problem = message(parser, field);
      if (problem != null) {
        return problem;
      }
    }
    return messages.isEmpty() ? CorpusProblems.wrongMessage(place, "messages") : null;
  }

  private Problem message(JsonParser parser, String field) throws IOException {
    String role = null;
    String content = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (!name.equals("role") && !name.equals("content")) {
        parser.skipChildren();
        continue;
      }
      if (value != JsonToken.VALUE_STRING) {
        return CorpusProblems.wrongMessage(place, field + "." + name);
      }
      String text = parser.getText();
      if (!Utf8.encodable(text)) {
        return CorpusProblems.halfSurrogate(place, field + "." + name);
      }
      if (name.equals("role")) {
        role = text;
      } else {
        content = text;
      }
    }
    if (role == null || role.isBlank()) {
      return CorpusProblems.wrongMessage(place, field + ".role");
    }
    if (content == null) {
      return CorpusProblems.wrongMessage(place, field + ".content");
    }
    messages.add(new Message(role, content));
    return null;
  }
}
