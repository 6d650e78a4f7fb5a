package io.holdfast.data.pieces;

import io.holdfast.data.tokenization.Division;

/**
 * Shards that are to be made in pieces.
 *
 * @param corpus id
 * @param tokenizer id
 */
public record Wanted(String corpus, String tokenizer, Division division) {

  Tokenization begun() {
    return new Tokenization(corpus, tokenizer, division, Tokenization.State.ENCODING);
  }
}
