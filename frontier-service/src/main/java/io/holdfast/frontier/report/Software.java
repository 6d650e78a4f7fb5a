package io.holdfast.frontier.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which Holdfast speaks.
 *
 * @param version of the build
 * @param commit that it was built from, with {@code +changes} when the checkout had some; null when
 *     nobody told the build
 */
public record Software(String version, String commit) {

  /** This one, by what its build wrote down. */
  public static Software running() {
    Properties build = new Properties();
    try (InputStream in = Software.class.getResourceAsStream("/holdfast-build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String commit = build.getProperty("commit");
    return new Software(build.getProperty("version"), commit.equals("unknown") ? null : commit);
  }

  /** In a few words. */
  String words() {
    return "Holdfast %s, %s"
        .formatted(
            version,
            commit == null ? "built from an unknown commit" : "built from commit " + commit);
  }
}
