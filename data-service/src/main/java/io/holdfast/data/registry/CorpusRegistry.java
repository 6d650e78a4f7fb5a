package io.holdfast.data.registry;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.data.corpus.CorpusInspection;
import io.holdfast.data.corpus.CorpusSources;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Knows corpora by their content. A definition is read once, and again only when its files have
 * another size or modification time.
 */
@ApplicationScoped
public class CorpusRegistry {

  private static final int MAX_LISTED = 1000;

  private final CorpusPasses passes;
  private final CorpusSources sources;
  private final SingleFlight<RegisteredCorpus> readings = new SingleFlight<>();

  @Inject
  CorpusRegistry(CorpusPasses passes, CorpusSources sources) {
    this.passes = passes;
    this.sources = sources;
  }

  /**
   * Registers a corpus; reads all of it unless it is known.
   *
   * @param place the definition's place in the user's input, such as {@code corpora.notes}
   * @throws InvalidInputException with every problem that reading found
   */
  public RegisteredCorpus register(String place, CorpusDefinition definition) {
    Optional<String> state = sources.state(definition);
    return readings.get(
        state.orElseGet(() -> Json.sha256(definition)),
        () -> state.flatMap(this::known).orElseGet(() -> read(place, definition, state)));
  }

  /** A registered corpus by id. */
  public Optional<RegisteredCorpus> find(String id) {
    return QuarkusTransaction.joiningExisting()
        .call(() -> CorpusRow.<CorpusRow>findByIdOptional(id).map(CorpusRow::corpus));
  }

  /** The latest registered corpora, newest first. */
  public List<RegisteredCorpus> latest() {
    return QuarkusTransaction.joiningExisting()
        .call(
            () ->
                CorpusRow.<CorpusRow>findAll(Sort.descending("registeredAt").and("id"))
                    .page(0, MAX_LISTED)
                    .stream()
                    .map(CorpusRow::corpus)
                    .toList());
  }

  private Optional<RegisteredCorpus> known(String state) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                CorpusSourceRow.<CorpusSourceRow>findByIdOptional(state)
                    .flatMap(source -> CorpusRow.<CorpusRow>findByIdOptional(source.corpusId))
                    .map(CorpusRow::corpus));
  }

  private RegisteredCorpus read(
      String place, CorpusDefinition definition, Optional<String> stateBefore) {
    return switch (passes.over(place, definition, document -> {})) {
      case CorpusInspection.Refused refused -> throw new InvalidInputException(refused.problems());
      case CorpusInspection.Usable usable -> {
        RegisteredCorpus corpus = new RegisteredCorpus(usable.id(), definition, usable.splits());
        boolean unchanged = stateBefore.equals(sources.state(definition));
        store(corpus, unchanged ? stateBefore : Optional.empty());
        yield corpus;
      }
    };
  }

  /** Equal content in two places is one corpus, which is then read where it was found last. */
  private static void store(RegisteredCorpus corpus, Optional<String> state) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              CorpusRow.upsert(corpus, Instant.now());
              state.ifPresent(known -> CorpusSourceRow.upsert(known, corpus.id(), Instant.now()));
            });
  }
}
