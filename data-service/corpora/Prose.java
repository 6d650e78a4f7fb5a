import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Normal form of prose: one line a paragraph, one empty line between paragraphs. */
final class Prose {

  private Prose() {}

  /** Joins the lines of each paragraph. */
  static String unwrapped(List<String> lines) {
    List<String> paragraphs = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : lines) {
      String words = line.strip().replaceAll("\\s+", " ");
      if (words.isEmpty()) {
        flush(paragraph, paragraphs);
      } else {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(words);
      }
    }
    flush(paragraph, paragraphs);
    return String.join("\n\n", paragraphs);
  }

  /** Keeps every line a paragraph of its own; undoes HTML and drops control characters. */
  static String cleaned(String text) {
    return text.replace("&quot;", "\"")
        .replace("&mdash;", "—")
        .replace("&amp;", "&")
        .lines()
        .map(line -> line.replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  private static void flush(StringBuilder paragraph, List<String> paragraphs) {
    if (!paragraph.isEmpty()) {
      paragraphs.add(paragraph.toString());
      paragraph.setLength(0);
    }
  }
}
