package io.holdfast.data.pieces;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A piece of the work on one corpus's shards; a worker does one at a time. */
sealed interface Piece {

  /** Reads and encodes a part of the corpus. */
  record Part(int number) implements Piece {
    @Override
    public String name() {
      return "part-" + number;
    }
  }

  /** Sorts a bucket of all parts. */
  record Bucket(int number) implements Piece {
    @Override
    public String name() {
      return "bucket-" + number;
    }
  }

  /** Makes one directory of the sorted buckets. */
  record Whole() implements Piece {
    @Override
    public String name() {
      return "whole";
    }
  }

  /** Removes what parts and buckets have left when nobody waits for the shards any more. */
  record Rest() implements Piece {
    @Override
    public String name() {
      return "rest";
    }
  }

  /** As it is called in the name of work and artifacts. */
  String name();

  /**
   * A piece of a certain tokenization, as work is named.
   *
   * @param tokenization id
   */
  record Of(String tokenization, Piece piece) {

    private static final Pattern NAME =
        Pattern.compile("(?<id>[^/]+)/(?<kind>part|bucket|whole|rest)(-(?<number>\\d+))?");

    String id() {
      return tokenization + "/" + piece.name();
    }

    /** Takes a work item's id apart; empty for one of another release. */
    static Optional<Of> parse(String id) {
      Matcher name = NAME.matcher(id);
      if (!name.matches()) {
        return Optional.empty();
      }
      Piece piece =
          switch (name.group("kind")) {
            case "part" -> new Part(Integer.parseInt(name.group("number")));
            case "bucket" -> new Bucket(Integer.parseInt(name.group("number")));
            case "whole" -> new Whole();
            default -> new Rest();
          };
      return Optional.of(new Of(name.group("id"), piece));
    }
  }
}
