package io.holdfast.contracts.stage;

/**
 * Stops a stage when the loss on a held-out dev split no longer falls, and keeps the best weights.
 *
 * @param corpus id of the corpus whose dev split is watched
 * @param everyTokens trained tokens between two looks
 * @param patience looks without improvement before the stage stops
 * @param maxTokens largest part of the dev split that one look reads, in tokens
 */
public record EarlyStopping(String corpus, long everyTokens, int patience, long maxTokens) {

  public EarlyStopping {
    if (everyTokens <= 0 || patience <= 0 || maxTokens <= 0) {
      throw new IllegalArgumentException(
          "early stopping needs positive every_tokens, patience and max_tokens");
    }
  }
}
