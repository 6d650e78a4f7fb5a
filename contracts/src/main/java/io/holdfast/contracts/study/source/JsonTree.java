package io.holdfast.contracts.study.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.study.source.TreeBuilder.TooLargeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON through Jackson's tokens, which know lines. */
final class JsonTree {

  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(Json.untrustedLimits()).build();

  private final JsonParser parser;
  private final TreeBuilder builder;

  private JsonTree(JsonParser parser, Problems problems) {
    this.parser = parser;
    this.builder = new TreeBuilder(problems);
  }

  /** Whether a text that starts with a brace goes on like JSON and not like YAML's flow style. */
  static boolean looksLikeJson(String text) {
    String inside = text.stripLeading().substring(1).stripLeading();
    return inside.startsWith("\"") || inside.startsWith("}");
  }

  static Optional<Tree> read(String text, Problems problems) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      Tree tree = new JsonTree(parser, problems).tree(new Place("", line(parser)), 1);
      if (parser.nextToken() != null) {
        problems.add(
            "syntax",
            new Place("", line(parser)),
            null,
            "There is more text after the study.",
            "End the file after the last brace.");
        return Optional.empty();
      }
      return Optional.of(tree);
    } catch (TooLargeException e) {
      e.report(problems);
    } catch (StreamConstraintsException e) {
      problems.add(
          "too-large",
          new Place("", 1),
          null,
          "The study exceeds a limit: %s.".formatted(e.getOriginalMessage()),
          "Write the study flatter and shorter.");
    } catch (JsonProcessingException e) {
      problems.add(
          "syntax",
          new Place("", e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          null,
          "The text is not valid JSON: %s.".formatted(e.getOriginalMessage()),
          "Close every quote, bracket and brace, or write YAML.");
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory is always readable", e);
    }
    return Optional.empty();
  }

  private Tree tree(Place place, int depth) throws IOException {
    builder.count(place, depth);
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(place, depth);
      case START_ARRAY -> sequence(place, depth);
      case VALUE_STRING -> new Tree.Scalar(place, parser.getText(), true);
      default -> new Tree.Scalar(place, parser.getText(), false);
    };
  }

  private Tree mapping(Place place, int depth) throws IOException {
    Map<String, Tree> entries = TreeBuilder.entries();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place at = builder.place(place, key, line(parser));
      parser.nextToken();
      builder.enter(entries, key, tree(at, depth + 1));
    }
    return new Tree.Mapping(place, entries);
  }

  private Tree sequence(Place place, int depth) throws IOException {
    List<Tree> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(tree(place.element(items.size(), line(parser)), depth + 1));
    }
    return new Tree.Sequence(place, items);
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
