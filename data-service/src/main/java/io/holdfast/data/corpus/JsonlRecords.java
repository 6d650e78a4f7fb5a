package io.holdfast.data.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads JSON lines: {@code text}, or {@code prompt} and {@code completion} joined verbatim, or
 * {@code messages}; an optional {@code group}. Other fields are ignored, blank lines skipped; of
 * several forms the first of these wins.
 */
final class JsonlRecords {

  private final JsonFactory json;
  private final ReadingLimits limits;
  private final ProblemLog problems;

  JsonlRecords(ReadingLimits limits, ProblemLog problems) {
    this.limits = limits;
    this.problems = problems;
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(limits.maxDocumentBytes())
                    .build())
            .build();
  }

  /**
   * Reads a whole stream.
   *
   * @param name the file as the user would call it
   */
  void read(String name, InputStream in, Consumer<Document> sink) throws IOException {
    LineReader lines = new LineReader(in, limits.maxDocumentBytes(), 0);
    boolean any = false;
    while (!problems.full() && lines.next()) {
      any |= line(name + ":" + lines.number(), lines, sink);
    }
    if (!any && !problems.full()) {
      problems.add(CorpusProblems.empty(name));
    }
  }

  /**
   * Reads the lines that begin in a range of bytes; there may be none.
   *
   * @param lines at the range's beginning, or in the line before it
   */
  void read(String name, LineReader lines, long from, long to, Consumer<Document> sink)
      throws IOException {
    while (lines.nextOffset() < from && lines.next()) {
      // Whoever has its beginning reads it.
    }
    while (!problems.full() && lines.nextOffset() < to && lines.next()) {
      line(name + ":" + lines.number(), lines, sink);
    }
  }

  /** Whether there was anything on the line. */
  private boolean line(String place, LineReader lines, Consumer<Document> sink) {
    if (lines.tooLong()) {
      problems.add(CorpusProblems.tooLong(place, limits.maxDocumentBytes()));
      return true;
    }
    int skipped = lines.number() == 1 ? Utf8.markLength(lines.bytes(), lines.length()) : 0;
    return switch (Utf8.decode(lines.bytes(), skipped, lines.length() - skipped)) {
      case Utf8.Decoded.Malformed bad -> {
        int at = skipped + bad.at();
        problems.add(CorpusProblems.notUtf8(place, lines.offset() + at, lines.bytes()[at] & 0xff));
        yield true;
      }
      case Utf8.Decoded.Text decoded -> {
        if (!decoded.text().isBlank()) {
          record(place, decoded.text(), sink);
        }
        yield !decoded.text().isBlank();
      }
    };
  }

  private void record(String place, String line, Consumer<Document> sink) {
    switch (parse(place, line)) {
      case Parsed.Bad bad -> problems.add(bad.problem());
      case Parsed.Good good -> sink.accept(good.document());
    }
  }

  private sealed interface Parsed {
    record Good(Document document) implements Parsed {}

    record Bad(Problem problem) implements Parsed {}
  }

  private Parsed parse(String place, String line) {
    try (JsonParser parser = json.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return bad(CorpusProblems.brokenJson(place, line, 1, "it does not begin with {"));
      }
      Fields fields = new Fields();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        Problem problem = fields.take(place, parser);
        if (problem != null) {
          return bad(problem);
        }
      }
      if (parser.nextToken() != null) {
        int column = parser.currentTokenLocation().getColumnNr();
        return bad(CorpusProblems.brokenJson(place, line, column, "more follows the object"));
      }
      return fields.document(place, line);
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      return bad(CorpusProblems.brokenJson(place, line, column, firstLine(e.getOriginalMessage())));
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
  }

  private static Parsed bad(Problem problem) {
    return new Parsed.Bad(problem);
  }

  private static String firstLine(String message) {
    return CorpusProblems.excerpt(message.lines().findFirst().orElse(""));
  }

  /** The fields of one record that matter. */
  private static final class Fields {
    private String text;
    private String prompt;
    private String completion;
    private String group;
    private List<Message> messages = List.of();

    /** Takes the field that the parser is at; the problem of its value, or null. */
    private Problem take(String place, JsonParser parser) throws IOException {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("messages") && value == JsonToken.START_ARRAY) {
        MessagesField field = new MessagesField(place);
        Problem problem = field.take(parser);
        messages = field.messages();
        return problem;
      }
      boolean wanted =
          switch (name) {
            case "text", "prompt", "completion", "group" -> value != JsonToken.VALUE_NULL;
            default -> false;
          };
      if (!wanted) {
        parser.skipChildren();
        return name.equals("messages") && value != JsonToken.VALUE_NULL
            ? CorpusProblems.wrongMessage(place, name)
            : null;
      }
      boolean numberedGroup = name.equals("group") && value == JsonToken.VALUE_NUMBER_INT;
      if (value != JsonToken.VALUE_STRING && !numberedGroup) {
        return CorpusProblems.wrongType(place, name, described(value));
      }
      String string = parser.getText();
      if (!Utf8.encodable(string)) {
        return CorpusProblems.halfSurrogate(place, name);
      }
      put(name, string);
      return null;
    }

    private void put(String name, String value) {
      switch (name) {
        case "text" -> text = value;
        case "prompt" -> prompt = value;
        case "completion" -> completion = value;
        case "group" -> group = value;
        default -> throw new IllegalStateException(name);
      }
    }

    private static String described(JsonToken value) {
      return switch (value) {
        case START_OBJECT -> "an object";
        case START_ARRAY -> "a list";
        case VALUE_TRUE, VALUE_FALSE -> "true or false";
        default -> "a number";
      };
    }

    private String content(boolean paired) {
      if (text != null) {
        return text;
      }
      return paired
          ? prompt + completion
          : messages.stream().map(Message::content).collect(Collectors.joining("\n"));
    }

    private Form form(boolean paired) {
      if (text != null) {
        return new Form.Whole();
      }
      return paired ? new Form.Pair(prompt.length()) : new Form.Conversation(messages, true);
    }

    private Parsed document(String place, String line) {
      boolean paired = prompt != null && completion != null;
      if (text == null && !paired && messages.isEmpty()) {
        return bad(CorpusProblems.noText(place, line));
      }
      String content = content(paired);
      if (content.isBlank()) {
        return bad(CorpusProblems.empty(place));
      }
      Form form = form(paired);
      return new Parsed.Good(new Document(content, group == null ? content : group, place, form));
    }
  }
}
