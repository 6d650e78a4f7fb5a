package io.holdfast.contracts.corpus;

import java.util.List;

/**
 * A tokenizer as a study declares it: a byte-level BPE to be trained, or the user's {@code
 * tokenizer.json}.
 *
 * @param vocabSize symbols to train, special tokens included; null with {@code path}
 * @param trainOn names of the study's corpora whose training splits it is trained on
 * @param path a Hugging Face {@code tokenizer.json}, or null
 */
public record TokenizerDefinition(Integer vocabSize, List<String> trainOn, String path) {

  public TokenizerDefinition {
    trainOn = trainOn == null ? List.of() : List.copyOf(trainOn);
    if ((vocabSize == null) == (path == null)) {
      throw new IllegalArgumentException("a tokenizer is either trained or a path");
    }
  }
}
