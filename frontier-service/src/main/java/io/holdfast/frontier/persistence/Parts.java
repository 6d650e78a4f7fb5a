package io.holdfast.frontier.persistence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ids in parts of which each fits into one statement: PostgreSQL takes 65,535 parameters. */
final class Parts {

  private static final int LARGEST = 10_000;

  private Parts() {}

  static Stream<List<String>> of(Collection<String> ids) {
    List<String> all = new ArrayList<>(ids);
    return IntStream.range(0, (all.size() + LARGEST - 1) / LARGEST)
        .mapToObj(i -> all.subList(i * LARGEST, Math.min(all.size(), (i + 1) * LARGEST)));
  }
}
