package io.holdfast.data.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Makes questions and answers of the WordNet database in a jar: the meaning of each synset's first
 * word, its synonyms, and an example of its use. All questions about a synset are one group.
 *
 * <p>A line of a data file is {@code offset lex_filenum ss_type w_cnt word lex_id … | gloss}
 * (WordNet manual, wndb(5WN)); the gloss is definitions and quoted examples. Lines that begin with
 * two spaces are the licence.
 */
final class WordNet {

  private static final Pattern DATA = Pattern.compile("(?:.*/)?data\\.(noun|verb|adj|adv)");
  private static final Map<String, String> PARTS_OF_SPEECH =
      Map.of("noun", "noun", "verb", "verb", "adj", "adjective", "adv", "adverb");
  private static final Pattern EXAMPLE = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern MARKER = Pattern.compile("\\((a|p|ip)\\)$");
  private static final int FIRST_WORD = 4;

  private WordNet() {}

  static void read(String jar, InputStream resource, Consumer<Document> sink) throws IOException {
    ZipInputStream zip = new ZipInputStream(resource);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      Matcher data = DATA.matcher(entry.getName());
      if (data.matches()) {
        read(jar, data.group(1), zip, sink);
      }
    }
  }

  private static void read(String jar, String file, InputStream in, Consumer<Document> sink)
      throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.startsWith("  ")) {
        Synset synset = Synset.parse(line);
        String group = file + ":" + synset.offset();
        for (String text : questions(synset, PARTS_OF_SPEECH.get(file))) {
          sink.accept(new Document(text, group, jar + "!" + group));
        }
      }
    }
  }

  private static List<String> questions(Synset synset, String partOfSpeech) {
    List<String> questions = new ArrayList<>();
    String word = synset.words().getFirst();
    questions.add(
        "What does the %s \"%s\" mean?\n%s".formatted(partOfSpeech, word, synset.meaning()));
    if (synset.words().size() > 1) {
      List<String> others = synset.words().subList(1, synset.words().size());
      questions.add(
          "Which words mean the same as the %s \"%s\" (%s)?\n%s"
              .formatted(partOfSpeech, word, synset.meaning(), String.join(", ", others)));
    }
    if (!synset.examples().isEmpty()) {
      questions.add(
          "Use the %s \"%s\" (%s) in an example.\n%s"
              .formatted(
                  partOfSpeech, word, synset.meaning(), String.join("\n", synset.examples())));
    }
    return questions;
  }

  /** One set of synonyms. */
  private record Synset(String offset, List<String> words, String meaning, List<String> examples) {

    static Synset parse(String line) {
      int bar = line.indexOf(" | ");
      String[] fields = line.substring(0, bar).split(" ");
      List<String> words = new ArrayList<>();
      int count = Integer.parseInt(fields[FIRST_WORD - 1], 16);
      for (int i = 0; i < count; i++) {
        String word = fields[FIRST_WORD + 2 * i].replace('_', ' ');
        words.add(MARKER.matcher(word).replaceAll(""));
      }
      String gloss = line.substring(bar + 3).strip();
      List<String> examples = EXAMPLE.matcher(gloss).results().map(m -> m.group(1)).toList();
      return new Synset(fields[0], words, meaning(gloss), examples);
    }

    /** The gloss before its first example. */
    private static String meaning(String gloss) {
      int example = gloss.indexOf("; \"");
      String meaning = example < 0 ? gloss : gloss.substring(0, example);
      return meaning.replaceAll("[;:,\\s]+$", "");
    }
  }
}
