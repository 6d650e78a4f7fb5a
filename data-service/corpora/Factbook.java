import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes questions and answers of the World Factbook's country profiles: one for each field. The group
 * is the country, so a held-out question is about a country that training never saw.
 */
final class Factbook {

  /** Two profiles are filed under other codes than the summary's (uc and nn). */
  private static final Map<String, String> FILED_ELSEWHERE =
      Map.of("cc", "Curacao", "sk", "Sint Maarten");

  private static final Pattern ENTRY = Pattern.compile("^`([a-z]{2})` (.+)$", Pattern.MULTILINE);

  private Factbook() {}

  static void write(Path folder, Path to) throws IOException {
    Map<String, String> names = names(Files.readString(folder.resolve("SUMMARY.md")));
    try (JsonLines out = new JsonLines(to)) {
      for (Path profile : profiles(folder)) {
        String code = profile.getFileName().toString().replace(".json", "");
        String name = names.get(code);
        if (name == null) {
          throw new IOException("SUMMARY.md has no name for " + profile);
        }
        Map<String, Object> sections = JsonText.object(Files.readString(profile));
        for (Object section : sections.values()) {
          fields(name, section, code, out);
        }
      }
    }
  }

  /** The profiles by country code; meta/ describes the book itself. */
  private static List<Path> profiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[a-z]{2}\\.json"))
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    }
  }

  private static Map<String, String> names(String summary) {
    Map<String, String> names = new TreeMap<>(FILED_ELSEWHERE);
    Matcher entry = ENTRY.matcher(summary);
    while (entry.find()) {
      names.put(entry.group(1), entry.group(2).strip());
    }
    return names;
  }

  /**
   * A node has a text, and parts by name. The section's name is left out of the question: a field's
   * name says enough.
   */
  private static void fields(String topic, Object node, String code, JsonLines out) {
    for (Map.Entry<?, ?> part : ((Map<?, ?>) node).entrySet()) {
      if (part.getValue() instanceof String answer) {
        ask(topic, answer.replaceAll("\\s+", " ").strip(), code, out);
      } else {
        fields(topic + ", " + part.getKey(), part.getValue(), code, out);
      }
    }
  }

  private static void ask(String topic, String answer, String code, JsonLines out) {
    if (!answer.isEmpty() && !answer.equals("NA")) {
      out.write(
          "group", code,
          "prompt", "Question: " + topic + "?\nAnswer:",
          "completion", " " + answer);
    }
  }
}
