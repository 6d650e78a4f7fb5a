import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One document, and one group, for each presidential address and each chapter of each novel. */
final class EnglishProse {

  private static final Pattern ADDRESS = Pattern.compile("\\d{4}_.*\\.txt");
  private static final Pattern CHAPTER =
      Pattern.compile("(chapter_\\d+|etymology|extracts|epilogue)\\.txt");

  private EnglishProse() {}

  static void write(Path addresses, Path mobyDick, Path janeAusten, Path to) throws IOException {
    Map<String, String> documents = new TreeMap<>();
    for (Path file : files(addresses, ADDRESS)) {
      documents.put("address/" + stem(file), Prose.cleaned(Files.readString(file)));
    }
    for (Path file : files(mobyDick, CHAPTER)) {
      documents.put("moby-dick/" + stem(file), Prose.cleaned(Files.readString(file)));
    }
    documents.putAll(JaneAusten.chapters(janeAusten));
    try (JsonLines out = new JsonLines(to)) {
      documents.forEach((group, text) -> out.write("group", group, "text", text));
    }
  }

  private static List<Path> files(Path folder, Pattern name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> name.matcher(file.getFileName().toString()).matches()).toList();
    }
  }

  /** The name without its ending, numbers padded so that chapters sort. */
  private static String stem(Path file) {
    String name = file.getFileName().toString().replace(".txt", "").replace('_', '-');
    return Pattern.compile("(?<=chapter-)\\d+")
        .matcher(name)
        .replaceAll(number -> "%03d".formatted(Integer.parseInt(number.group())));
  }
}
