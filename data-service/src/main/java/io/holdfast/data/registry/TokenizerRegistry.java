package io.holdfast.data.registry;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.corpus.CorpusSources;
import io.holdfast.data.tokenizer.TokenizerFile;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.StorageException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows the tokenizers in the artifact store: trained once, or copied from the user. */
@ApplicationScoped
public class TokenizerRegistry {

  private static final int MAX_LISTED = 1000;

  private final TokenizerTraining training;
  private final CorpusSources sources;
  private final SharedArtifacts artifacts;
  private final SingleFlight<RegisteredTokenizer> registrations = new SingleFlight<>();

  @Inject
  TokenizerRegistry(TokenizerTraining training, CorpusSources sources, SharedArtifacts artifacts) {
    this.training = training;
    this.sources = sources;
    this.artifacts = artifacts;
  }

  /**
   * Registers a tokenizer; trains it unless it is there.
   *
   * @param place the definition's place in the user's input, such as {@code tokenizer}
   * @param corpora the study's corpora by name, with all those that it is trained on
   * @throws InvalidInputException with what is wrong with the definition or the file
   */
  public RegisteredTokenizer register(
      String place, TokenizerDefinition definition, Map<String, RegisteredCorpus> corpora) {
    return definition.path() != null
        ? copy(definition.path(), UserTokenizer.read(sources.file(place, definition.path())))
        : train(place, definition, corpora);
  }

  private RegisteredTokenizer train(
      String place, TokenizerDefinition definition, Map<String, RegisteredCorpus> corpora) {
    TokenizerTraining.Plan plan =
        training.plan(
            place,
            definition.vocabSize(),
            definition.trainOn().stream().map(corpora::get).toList());
    return registrations.get(
        plan.id(),
        () -> {
          artifacts.provide(
              RegisteredTokenizer.directory(plan.id()), staging -> training.train(plan, staging));
          return store(plan.id(), null, plan.corpusIds());
        });
  }

  /**
   * Registers a model's own tokenizer.
   *
   * @param path where the user has it
   * @param file where it lies
   * @param endOfText id of the token that the model ends texts with, or null
   * @throws InvalidInputException with what is wrong with the file
   */
  public RegisteredTokenizer registerOfModel(String path, Path file, Integer endOfText) {
    return copy(path, UserTokenizer.ofModel(file, endOfText));
  }

  /**
   * Checks that a study that names a model's tokenizer beside the model means the same.
   *
   * @throws InvalidInputException when the file is another, or cannot be read
   */
  public void requireSame(String place, String path, Path ofModel) {
    if (!sha256(sources.file(place, path)).equals(sha256(ofModel))) {
      throw new InvalidInputException(
          List.of(
              Problem.at(
                  place + ".path",
                  "tokenizer-of-another-model",
                  path,
                  "It is not the base model's tokenizer, so its token ids would mean something else.",
                  "Leave tokenizer out: the base's own is used then.")));
    }
  }

  private static String sha256(Path file) {
    try {
      return FileDigest.of(file).sha256();
    } catch (IOException e) {
      throw new StorageException(file, "read", e);
    }
  }

  private RegisteredTokenizer copy(String path, UserTokenizer user) {
    return registrations.get(
        user.id(),
        () -> {
          artifacts.provide(RegisteredTokenizer.directory(user.id()), user::copyTo);
          return store(user.id(), path, List.of());
        });
  }

  private RegisteredTokenizer store(String id, String path, List<String> trainedOn) {
    return find(id)
        .orElseGet(
            () -> {
              TokenizerFile file = read(RegisteredTokenizer.directory(id) + "/tokenizer.json");
              RegisteredTokenizer tokenizer =
                  new RegisteredTokenizer(id, file.vocabSize(), file.endOfText(), path, trainedOn);
              QuarkusTransaction.requiringNew()
                  .run(() -> TokenizerRow.insert(tokenizer, Instant.now()));
              return tokenizer;
            });
  }

  private TokenizerFile read(String artifact) {
    try (Hold here = artifacts.hold(List.of(artifact))) {
      return TokenizerFile.read(artifacts.resolve(artifact));
    }
  }

  /** A tokenizer by id, when it is registered and its file is there. */
  public Optional<RegisteredTokenizer> find(String id) {
    return QuarkusTransaction.joiningExisting()
        .call(() -> TokenizerRow.<TokenizerRow>findByIdOptional(id).map(TokenizerRow::tokenizer))
        .filter(tokenizer -> artifacts.has(RegisteredTokenizer.directory(id)));
  }

  /** The latest registered tokenizers, newest first. */
  public List<RegisteredTokenizer> latest() {
    return QuarkusTransaction.joiningExisting()
        .call(
            () ->
                TokenizerRow.<TokenizerRow>findAll(Sort.descending("registeredAt").and("id"))
                    .page(0, MAX_LISTED)
                    .stream()
                    .map(TokenizerRow::tokenizer)
                    .toList());
  }
}
