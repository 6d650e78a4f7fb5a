package io.holdfast.data.pieces;

import io.holdfast.data.tokenization.CorpusShards;
import io.holdfast.data.tokenization.Division;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A corpus's shards on their way, in pieces.
 *
 * @param division how the work is shared
 */
record Tokenization(String corpus, String tokenizer, Division division, State state) {

  /** The folder of all pieces in the artifact store. */
  static final String FOLDER = "pieces";

  /** Where it stands. */
  enum State {
    /** Parts are read and encoded. */
    ENCODING,
    /** Buckets are sorted. */
    SORTING,
    /** The sorted buckets become one directory. */
    UNITING,
    /**
     * A piece could not be made: whoever needs the shards makes them alone, as those of a small
     * corpus, and finds out and says what is wrong.
     */
    ALONE,
    /** Nobody waits for it: what it left is removed. */
    CLEARING
  }

  Tokenization {
    Objects.requireNonNull(corpus, "corpus");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(division, "division");
    Objects.requireNonNull(state, "state");
  }

  CorpusShards shards() {
    return new CorpusShards(corpus, tokenizer);
  }

  String id() {
    return id(shards());
  }

  static String id(CorpusShards shards) {
    return shards.directory().substring(shards.directory().indexOf('/') + 1);
  }

  Tokenization in(State next) {
    return new Tokenization(corpus, tokenizer, division, next);
  }

  /** All work of its state, whether or not it is done. */
  List<Piece> pieces() {
    return switch (state) {
      case ENCODING -> parts();
      case SORTING -> buckets();
      case UNITING -> List.of(new Piece.Whole());
      case ALONE -> List.of();
      case CLEARING -> List.of(new Piece.Rest());
    };
  }

  List<Piece> parts() {
    return IntStream.range(0, division.parts()).<Piece>mapToObj(Piece.Part::new).toList();
  }

  List<Piece> buckets() {
    return IntStream.range(0, division.buckets().count())
        .<Piece>mapToObj(Piece.Bucket::new)
        .toList();
  }

  /**
   * Artifact path of a part or a sorted bucket. The division is in the name, so that what an
   * earlier one left is never taken for a piece of this one.
   */
  String artifact(Piece piece) {
    return "%s%dx%d-%s"
        .formatted(artifacts(), division.parts(), division.buckets().count(), piece.name());
  }

  List<String> artifacts(List<Piece> pieces) {
    return pieces.stream().map(this::artifact).toList();
  }

  /** What the paths of all its pieces begin with, whatever the division. */
  private String artifacts() {
    return FOLDER + "/" + id() + ".";
  }

  /** Whether an entry of the folder is one of its pieces. */
  boolean owns(String entry) {
    return (FOLDER + "/" + entry).startsWith(artifacts());
  }
}
