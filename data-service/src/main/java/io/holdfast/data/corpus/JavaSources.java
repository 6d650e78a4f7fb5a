package io.holdfast.data.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads a source jar: each {@code .java} file, without the licence header that hundreds of files
 * share, is one document.
 */
final class JavaSources {

  private static final Pattern LEADING_COMMENT =
      Pattern.compile("\\A\\s*(/\\*(?!\\*).*?\\*/|(//[^\\n]*\\n)+)", Pattern.DOTALL);
  private static final Pattern NOTICE =
      Pattern.compile("licen[sc]e|copyright|generated|public domain", Pattern.CASE_INSENSITIVE);

  private JavaSources() {}

  static void read(String jar, InputStream resource, Consumer<Document> sink) throws IOException {
    ZipInputStream zip = new ZipInputStream(resource);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.getName().endsWith(".java")) {
        String text = withoutNotice(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        sink.accept(new Document(text, entry.getName(), jar + "!" + entry.getName()));
      }
    }
  }

  /** The file from its first line that is no comment about licence, copyright or generation. */
  static String withoutNotice(String source) {
    String rest = source.replace("\r\n", "\n");
    Matcher comment = LEADING_COMMENT.matcher(rest);
    while (comment.find() && NOTICE.matcher(comment.group()).find()) {
      rest = rest.substring(comment.end());
      comment = LEADING_COMMENT.matcher(rest);
    }
    return rest.stripLeading();
  }
}
