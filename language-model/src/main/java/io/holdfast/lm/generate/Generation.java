package io.holdfast.lm.generate;

/**
 * What a model answered.
 *
 * @param text the answer, without special tokens and without the stop string and what follows it
 * @param tokens that were generated, those of the stop string or the end of text among them
 * @param end why there are no more
 * @param promptTokens that the model read
 * @param promptCut whether the prompt's beginning was cut off, because it and the answer do not fit
 *     the model's context
 */
public record Generation(String text, int tokens, End end, int promptTokens, boolean promptCut) {

  /** Why an answer ended. */
  public enum End {
    /** It had one of the strings that end it. */
    STOP_STRING,
    /** The model ended the text. */
    END_OF_TEXT,
    /** It has as many tokens as it may. */
    MAX_TOKENS
  }
}
