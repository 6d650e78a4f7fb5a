import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes one JSON object of strings a line, UTF-8, with only the escapes that JSON requires. */
final class JsonLines implements AutoCloseable {

  private final Writer out;

  JsonLines(Path file) throws IOException {
    out = Files.newBufferedWriter(file);
  }

  /** Writes one record: name, value, name, value, … */
  void write(String... fields) {
    StringBuilder line = new StringBuilder("{");
    for (int i = 0; i < fields.length; i += 2) {
      line.append(i == 0 ? "" : ",");
      quote(fields[i], line);
      quote(fields[i + 1], line.append(':'));
    }
    try {
      out.write(line.append("}\n").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void quote(String value, StringBuilder line) {
    line.append('"');
    for (char c : value.toCharArray()) {
      switch (c) {
        case '"', '\\' -> line.append('\\').append(c);
        case '\n' -> line.append("\\n");
        case '\t' -> line.append("\\t");
        default -> {
          if (c < ' ') {
            line.append("\\u%04x".formatted((int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
