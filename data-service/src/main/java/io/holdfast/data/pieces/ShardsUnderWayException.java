package io.holdfast.data.pieces;

import java.util.List;
import java.util.stream.Collectors;

/** Shards are not there yet, and several pods are to make them; {@link Tokenizations#join}. */
public final class ShardsUnderWayException extends RuntimeException {

  private final transient List<Wanted> wanted;

  public ShardsUnderWayException(List<Wanted> wanted) {
    super(
        wanted.stream()
            .map(each -> each.begun().shards().directory())
            .collect(Collectors.joining(", ", "waits for ", "")));
    this.wanted = List.copyOf(wanted);
  }

  public List<Wanted> wanted() {
    return wanted;
  }
}
