package io.holdfast.data.registry;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.data.model.BaseModel;
import io.holdfast.lm.checkpoint.ImportedModel;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.FileDigest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Knows users' models by their content. A directory is hashed and copied once, and hashed again
 * only when its files have another size or modification time.
 */
@ApplicationScoped
public class ModelRegistry {

  private static final Logger LOG = Logger.getLogger(ModelRegistry.class);
  private static final int MAX_LISTED = 1000;

  private final CorpusRoots roots;
  private final SharedArtifacts artifacts;
  private final SingleFlight<RegisteredModel> readings = new SingleFlight<>();
  private final SingleFlight<RegisteredModel> copies = new SingleFlight<>();

  @Inject
  ModelRegistry(CorpusRoots roots, SharedArtifacts artifacts) {
    this.roots = roots;
    this.artifacts = artifacts;
  }

  /**
   * Opens a model; a matter of moments.
   *
   * @param place the path's place in the user's input, such as {@code model.base}
   * @throws InvalidInputException with everything that is wrong
   */
  public BaseModel open(String place, String path) {
    return BaseModel.open(roots, place, path);
  }

  /**
   * Registers a model: hashes it, and copies it unless it is there. Takes as long as reading all of
   * it; callers that ask meanwhile, or again after they gave up waiting, share the work.
   *
   * @throws InvalidInputException when it changes while it is read, or is damaged
   */
  public RegisteredModel register(BaseModel model) {
    String state = model.folder().state();
    return readings.get(state, () -> known(state).orElseGet(() -> read(model, state)));
  }

  private Optional<RegisteredModel> known(String state) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                ModelSourceRow.<ModelSourceRow>findByIdOptional(state)
                    .flatMap(source -> ModelRow.<ModelRow>findByIdOptional(source.modelId))
                    .map(ModelRow::model))
        .filter(model -> artifacts.has(model.artifact()));
  }

  private RegisteredModel read(BaseModel base, String state) {
    Map<String, FileDigest> digests = base.digests();
    RegisteredModel model =
        new RegisteredModel(
            ImportedModel.sha256(digests), base.architecture(), base.folder().called());
    return copies.get(model.id(), () -> copy(base, digests, model, state));
  }

  private RegisteredModel copy(
      BaseModel base, Map<String, FileDigest> digests, RegisteredModel model, String state) {
    if (!artifacts.has(model.artifact())) {
      long begin = System.nanoTime();
      // Copies of other models that a crash cut short, too: they are large, and may not be resumed.
      DurableDirectory.sweep(artifacts.resolve(model.artifact()).getParent());
      artifacts.provide(model.artifact(), staging -> base.copyTo(staging, digests));
      LOG.infof(
          "Copied the model %s, %d bytes, in %d ms",
          model.path(),
          digests.values().stream().mapToLong(FileDigest::bytes).sum(),
          (System.nanoTime() - begin) / 1_000_000);
    }
    boolean unchanged = state.equals(base.folder().state());
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              ModelRow.upsert(model, Instant.now());
              if (unchanged) {
                ModelSourceRow.upsert(state, model.id(), Instant.now());
              }
            });
    return model;
  }

  /** The latest registered models, newest first. */
  public List<RegisteredModel> latest() {
    return QuarkusTransaction.joiningExisting()
        .call(
            () ->
                ModelRow.<ModelRow>findAll(Sort.descending("registeredAt").and("id"))
                    .page(0, MAX_LISTED)
                    .stream()
                    .map(ModelRow::model)
                    .toList());
  }
}
