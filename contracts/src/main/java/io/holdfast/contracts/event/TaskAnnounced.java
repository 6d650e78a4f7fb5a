package io.holdfast.contracts.event;

import io.holdfast.contracts.task.TaskName;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A task service answers at an address, for some time. Repeated before that time is over for as
 * long as the service answers; a task of which nothing is heard any more is away. The topic is
 * compacted, so that whoever starts later hears the last word on every task.
 *
 * @param name the task's name
 * @param version the task's version
 * @param url where the service answers, without a {@code /} at its end
 * @param descriptionSha256 {@link io.holdfast.contracts.task.TaskDescription#sha256} of what the
 *     service answers {@code GET {url}/task} with; a version of a task has one description for good
 * @param announcedAt when it was announced
 * @param expiresAt when the task counts as away unless it is announced again; a time that is not
 *     after {@code announcedAt} withdraws the task
 */
public record TaskAnnounced(
    String name,
    String version,
    String url,
    String descriptionSha256,
    Instant announcedAt,
    Instant expiresAt)
    implements HoldfastEvent {

  private static final int MAX_URL = 2000;
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public TaskAnnounced {
    Objects.requireNonNull(announcedAt, "announcedAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
    url = base(url);
    if (descriptionSha256 == null || !SHA_256.matcher(descriptionSha256).matches()) {
      throw new IllegalArgumentException(
          "description_sha256 has 64 lower-case hexadecimal digits: " + descriptionSha256);
    }
    Objects.requireNonNull(new TaskName(name, version));
  }

  /** Which task. */
  public TaskName task() {
    return new TaskName(name, version);
  }

  /** Whether the task's operator took it away. */
  public boolean withdraws() {
    return !expiresAt.isAfter(announcedAt);
  }

  @Override
  public String key() {
    return task().toString();
  }

  /**
   * The address that a task's resources are below, without a {@code /} at its end.
   *
   * @throws IllegalArgumentException when it is no http or https address of a host, or has a user,
   *     a query or a fragment
   */
  public static String base(String url) {
    if (url == null || url.length() > MAX_URL) {
      throw new IllegalArgumentException("an address has up to %d characters".formatted(MAX_URL));
    }
    URI uri = URI.create(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https"))
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "not the http address of a service, such as http://tasks.example.org:9000/facts: " + url);
    }
    return url.replaceAll("/+$", "");
  }
}
