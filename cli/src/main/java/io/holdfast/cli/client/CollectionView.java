package io.holdfast.cli.client;

import java.util.List;
import java.util.Map;

/**
 * What goes of the checkpoints, and why the rest stays, as frontier-service says it.
 *
 * @param applied whether it has been ordered
 * @param stages what goes
 * @param bytes of the weights that go
 * @param kept what stays, by reason
 */
public record CollectionView(boolean applied, List<Goes> stages, long bytes, List<Kept> kept) {

  /** A stage whose checkpoints go. */
  public record Goes(String stageId, String kind, String state, long bytes) {}

  /**
   * What stays for one reason.
   *
   * @param of stages by the study or pin that needs them
   */
  public record Kept(String reason, int stages, long bytes, Map<String, Long> of) {}
}
