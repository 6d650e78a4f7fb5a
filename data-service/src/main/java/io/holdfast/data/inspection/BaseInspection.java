package io.holdfast.data.inspection;

import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.model.BaseModel;
import io.holdfast.data.registry.ModelRegistry;
import io.holdfast.data.registry.RegisteredTokenizer;
import io.holdfast.data.registry.TokenizerRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the model that a study starts from, and at the tokenizer that comes with it. */
@ApplicationScoped
class BaseInspection {

  private static final String PLACE = "model.base";

  private final ModelRegistry models;
  private final TokenizerRegistry tokenizers;

  @Inject
  BaseInspection(ModelRegistry models, TokenizerRegistry tokenizers) {
    this.models = models;
    this.tokenizers = tokenizers;
  }

  /** The model; nothing when it has problems, or the study has none. */
  Optional<BaseModel> open(String path, List<Problem> problems) {
    try {
      return Optional.ofNullable(path).map(given -> models.open(PLACE, given));
    } catch (InvalidInputException refused) {
      problems.addAll(refused.problems());
      return Optional.empty();
    }
  }

  /** The tokenizer to train it with: its own, or one that is named for a model without. */
  Optional<RegisteredTokenizer> tokenizer(
      BaseModel base, TokenizerDefinition named, List<Problem> problems) {
    try {
      RegisteredTokenizer tokenizer =
          base.tokenizer().isPresent()
              ? own(base, base.tokenizer().get(), named)
              : named(base, named);
      refuseLarger(tokenizer, base);
      return Optional.of(tokenizer);
    } catch (InvalidInputException refused) {
      refused.problems().stream().map(base.folder()::locate).forEach(problems::add);
      return Optional.empty();
    }
  }

  private RegisteredTokenizer own(BaseModel base, Path file, TokenizerDefinition named) {
    if (named != null) {
      refuseTrained(named);
      tokenizers.requireSame("tokenizer", named.path(), file);
    }
    return tokenizers.registerOfModel(
        base.folder().called() + "/tokenizer.json", file, base.endOfText());
  }

  private RegisteredTokenizer named(BaseModel base, TokenizerDefinition named) {
    if (named == null) {
      throw refused(
          Problem.at(
              base.folder().called(),
              "tokenizer-missing",
              null,
              "The model has no tokenizer.json.",
              "Have its tokenizer saved as a fast one, or name its tokenizer.json in tokenizer.path."));
    }
    refuseTrained(named);
    return tokenizers.register("tokenizer", named, Map.of());
  }

  private static void refuseTrained(TokenizerDefinition named) {
    if (named.path() == null) {
      throw refused(
          Problem.at(
              "tokenizer.vocab_size",
              "conflict",
              named.vocabSize(),
              "A base model has a tokenizer of its own.",
              "Leave the tokenizer out."));
    }
  }

  private static void refuseLarger(RegisteredTokenizer tokenizer, BaseModel base) {
    int rows = base.architecture().vocabSize();
    if (tokenizer.vocabSize() > rows) {
      throw refused(
          Problem.at(
              base.folder().called(),
              "tokenizer-too-large",
              tokenizer.vocabSize() + " tokens",
              "The model's embedding has only %d rows.".formatted(rows),
              "Use the tokenizer that the model was trained with."));
    }
  }

  private static InvalidInputException refused(Problem problem) {
    return new InvalidInputException(List.of(problem));
  }
}
