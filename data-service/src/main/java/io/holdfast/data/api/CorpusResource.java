package io.holdfast.data.api;

import io.holdfast.data.corpus.EmbeddedCorpora;
import io.holdfast.data.corpus.EmbeddedCorpus;
import io.holdfast.data.corpus.Split;
import io.holdfast.data.corpus.SplitCount;
import io.holdfast.data.registry.CorpusRegistry;
import io.holdfast.data.registry.RegisteredCorpus;
import io.holdfast.kit.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Which corpora there are. */
@Path("/api/corpora")
@RolesAllowed(Roles.VIEWER)
public class CorpusResource {

  @Inject EmbeddedCorpora embedded;
  @Inject CorpusRegistry corpora;

  /**
   * All corpora.
   *
   * @param embedded those that ship with Holdfast
   * @param registered the latest that studies have used, newest first
   */
  public record Corpora(List<Shipped> embedded, List<Registered> registered) {}

  /**
   * An embedded corpus.
   *
   * @param name what a study writes as {@code embedded}
   */
  public record Shipped(
      String name,
      String title,
      String description,
      long documents,
      long bytes,
      List<String> licences) {}

  /**
   * A corpus with its split.
   *
   * @param source embedded name, or path
   * @param splits documents and bytes by split
   */
  public record Registered(
      String id, String source, double dev, double test, Map<Split, SplitCount> splits) {}

  @GET
  @Operation(operationId = "corpora", summary = "The embedded and the registered corpora")
  public Corpora list() {
    return new Corpora(
        embedded.all().stream().map(CorpusResource::shipped).toList(),
        corpora.latest().stream().map(CorpusResource::registered).toList());
  }

  private static Shipped shipped(EmbeddedCorpus corpus) {
    return new Shipped(
        corpus.name(),
        corpus.title(),
        corpus.description(),
        corpus.documents(),
        corpus.bytes(),
        corpus.parts().stream().map(EmbeddedCorpus.Part::licence).distinct().toList());
  }

  private static Registered registered(RegisteredCorpus corpus) {
    return new Registered(
        corpus.id(),
        corpus.source(),
        corpus.definition().dev(),
        corpus.definition().test(),
        corpus.splits());
  }
}
