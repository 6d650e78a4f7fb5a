package io.holdfast.data.registry;

import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.data.corpus.CorpusSources;
import io.holdfast.data.tokenizer.TokenizerFile;
import io.holdfast.kit.artifact.ArtifactStore;
import io.holdfast.lm.durable.DurableDirectory;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
  private final ArtifactStore artifacts;
  private final SingleFlight<RegisteredTokenizer> registrations = new SingleFlight<>();

  @Inject
  TokenizerRegistry(TokenizerTraining training, CorpusSources sources, ArtifactStore artifacts) {
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
        ? copy(place, definition.path())
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
          Path directory = directory(plan.id());
          if (DurableDirectory.find(directory).isEmpty()) {
            DurableDirectory.publish(directory, staging -> training.train(plan, staging));
          }
          return store(plan.id(), null, plan.corpusIds());
        });
  }

  private RegisteredTokenizer copy(String place, String path) {
    UserTokenizer user = UserTokenizer.read(sources.file(place, path));
    return registrations.get(
        user.id(),
        () -> {
          Path directory = directory(user.id());
          if (DurableDirectory.find(directory).isEmpty()) {
            DurableDirectory.publish(directory, user::copyTo);
          }
          return store(user.id(), path, List.of());
        });
  }

  private RegisteredTokenizer store(String id, String path, List<String> trainedOn) {
    return find(id)
        .orElseGet(
            () -> {
              TokenizerFile file = TokenizerFile.read(directory(id).resolve("tokenizer.json"));
              RegisteredTokenizer tokenizer =
                  new RegisteredTokenizer(id, file.vocabSize(), file.endOfText(), path, trainedOn);
              QuarkusTransaction.requiringNew()
                  .run(() -> TokenizerRow.insert(tokenizer, Instant.now()));
              return tokenizer;
            });
  }

  private Path directory(String id) {
    return artifacts.resolve(RegisteredTokenizer.directory(id));
  }

  /** A tokenizer by id, when it is registered and its file is there. */
  public Optional<RegisteredTokenizer> find(String id) {
    return QuarkusTransaction.joiningExisting()
        .call(() -> TokenizerRow.<TokenizerRow>findByIdOptional(id).map(TokenizerRow::tokenizer))
        .filter(tokenizer -> DurableDirectory.find(directory(id)).isPresent());
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
