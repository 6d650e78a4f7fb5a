import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the six novels out of the R package janeaustenr without R.
 *
 * <p>{@code Rdata.rdb} is R's lazy-load data base: records of a big-endian length (of what follows
 * once inflated) and a zlib stream. Each is an object in R's XDR serialization, versions 2 and 3 (R
 * Internals, 1.8 "Serialization Formats"); a novel is a character vector with one element per line.
 */
final class JaneAusten {

  private static final int STRSXP = 16;
  private static final int CHARSXP = 9;
  private static final int NA_STRING = -1;

  private static final Pattern CHAPTER =
      Pattern.compile("(?i)chapter\\s+([ivxlc]+|\\d+)\\.?");
  private static final Pattern VOLUME = Pattern.compile("(?i)volume\\s+([ivxlc]+|\\d+)\\.?");
  private static final Pattern END = Pattern.compile("(?i)(the end|finis)\\.?");

  private JaneAusten() {}

  /** The chapters of all novels by "novel/chapter number". */
  static Map<String, String> chapters(Path rdb) throws IOException {
    Map<String, String> chapters = new TreeMap<>();
    for (List<String> novel : vectors(Files.readAllBytes(rdb))) {
      String slug = slug(novel);
      int number = 0;
      List<String> chapter = null;
      for (String line : novel) {
        String heading = line.strip();
        if (END.matcher(heading).matches()) {
          break;
        }
        if (VOLUME.matcher(heading).matches()) {
          continue;
        }
        if (CHAPTER.matcher(heading).matches()) {
          put(chapters, slug, number, chapter);
          number++;
          chapter = new ArrayList<>();
        }
        if (chapter != null) {
          chapter.add(line);
        }
      }
      put(chapters, slug, number, chapter);
    }
    return chapters;
  }

  private static void put(
      Map<String, String> chapters, String slug, int number, List<String> lines) {
    if (lines != null) {
      chapters.put("%s/chapter-%03d".formatted(slug, number), Prose.unwrapped(lines));
    }
  }

  /** The title is the first line that is not blank. */
  private static String slug(List<String> novel) {
    String title = novel.stream().filter(line -> !line.isBlank()).findFirst().orElseThrow();
    return title.toLowerCase(Locale.ROOT).strip().replaceAll("[^a-z]+", "-");
  }

  private static List<List<String>> vectors(byte[] rdb) throws IOException {
    List<List<String>> vectors = new ArrayList<>();
    int at = 0;
    while (at < rdb.length) {
      int length = ByteBuffer.wrap(rdb, at, 4).getInt();
      Inflater zlib = new Inflater();
      zlib.setInput(rdb, at + 4, rdb.length - at - 4);
      byte[] object = new byte[length];
      try {
        if (zlib.inflate(object) != length || !zlib.finished()) {
          throw new IOException("the record at " + at + " is not of its stated length");
        }
      } catch (DataFormatException e) {
        throw new IOException("the record at " + at + " is not zlib", e);
      }
      at += 4 + (int) zlib.getBytesRead();
      zlib.end();
      characterVector(ByteBuffer.wrap(object)).ifPresent(vectors::add);
    }
    return vectors;
  }

  private static Optional<List<String>> characterVector(ByteBuffer xdr) {
    if (xdr.get() != 'X' || xdr.get() != '\n') {
      throw new IllegalArgumentException("not R's XDR serialization");
    }
    int version = xdr.getInt();
    xdr.getInt(); // written by this R
    xdr.getInt(); // readable from this R
    if (version == 3) {
      int nameLength = xdr.getInt();
      xdr.position(xdr.position() + nameLength); // of the native encoding
    }
    if ((xdr.getInt() & 0xff) != STRSXP) {
      return Optional.empty();
    }
    String[] lines = new String[xdr.getInt()];
    for (int i = 0; i < lines.length; i++) {
      if ((xdr.getInt() & 0xff) != CHARSXP) {
        throw new IllegalArgumentException("not a string");
      }
      int length = xdr.getInt();
      byte[] bytes = new byte[length == NA_STRING ? 0 : length];
      xdr.get(bytes);
      lines[i] = new String(bytes, StandardCharsets.UTF_8);
    }
    return Optional.of(Arrays.asList(lines));
  }
}
