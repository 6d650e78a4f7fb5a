package io.holdfast.cli.display;

import io.holdfast.cli.client.CollectionView;
import io.holdfast.cli.client.CollectionView.Goes;
import io.holdfast.cli.client.CollectionView.Kept;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What goes of the checkpoints and why the rest stays, for people. */
public final class CollectionText {

  private static final int NAMED = 5;

  private static final Map<String, String> REASONS =
      Map.of(
          "RUNNING_STUDY", "wanted by a study that runs",
          "PINNED", "pinned",
          "FRONTIER", "on a frontier, or what it descends from",
          "RECENT", "ended too recently");

  private CollectionText() {}

  /** Lines of text. */
  public static List<String> of(CollectionView view) {
    return Stream.of(
            Stream.of(
                view.stages().isEmpty()
                    ? "Nothing goes."
                    : "%s the checkpoints of %d stages, about %s of weights:"
                        .formatted(
                            view.applied() ? "Removing" : "Would remove",
                            view.stages().size(),
                            bytes(view.bytes()))),
            goes(view.stages()),
            view.kept().stream().map(CollectionText::kept))
        .flatMap(lines -> lines)
        .toList();
  }

  private static Stream<String> goes(List<Goes> stages) {
    Map<String, List<Goes>> byKind =
        stages.stream()
            .collect(
                Collectors.groupingBy(
                    each -> (each.kind() + ", " + each.state()).toLowerCase(Locale.ROOT),
                    TreeMap::new,
                    Collectors.toList()));
    return byKind.entrySet().stream()
        .map(
            kind ->
                "  %-28s %6d  %10s  %s"
                    .formatted(
                        kind.getKey(),
                        kind.getValue().size(),
                        bytes(kind.getValue().stream().mapToLong(Goes::bytes).sum()),
                        some(kind.getValue().stream().map(g -> g.stageId().substring(0, 12)))));
  }

  private static String kept(Kept kept) {
    return "Stays: %d stages, %s, %s%s"
        .formatted(
            kept.stages(),
            bytes(kept.bytes()),
            REASONS.getOrDefault(kept.reason(), kept.reason()),
            kept.of().isEmpty() ? "" : ": " + some(kept.of().keySet().stream()));
  }

  private static String some(Stream<String> names) {
    List<String> all = names.toList();
    String first = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
    return all.size() > NAMED ? first + ", …" : first;
  }

  private static String bytes(long bytes) {
    return bytes < 1_000_000
        ? "%.0f kB".formatted(bytes / 1e3)
        : bytes < 1_000_000_000
            ? "%.1f MB".formatted(bytes / 1e6)
            : "%.1f GB".formatted(bytes / 1e9);
  }
}
