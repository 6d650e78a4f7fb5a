package io.holdfast.data.api;

import io.holdfast.data.registry.RegisteredTokenizer;
import io.holdfast.data.registry.TokenizerRegistry;
import io.holdfast.kit.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Which tokenizers there are. */
@Path("/api/tokenizers")
@RolesAllowed(Roles.VIEWER)
public class TokenizerResource {

  @Inject TokenizerRegistry tokenizers;

  /**
   * A tokenizer.
   *
   * @param artifact artifact path of the {@code tokenizer.json}
   * @param path where the user's file was found, or null
   * @param trainedOn ids of the corpora it was trained on; empty for a user's file
   */
  public record Listed(
      String id,
      int vocabSize,
      int endOfText,
      String artifact,
      String path,
      List<String> trainedOn) {}

  @GET
  @Operation(operationId = "tokenizers", summary = "The registered tokenizers, newest first")
  public List<Listed> list() {
    return tokenizers.latest().stream().map(TokenizerResource::listed).toList();
  }

  private static Listed listed(RegisteredTokenizer tokenizer) {
    return new Listed(
        tokenizer.id(),
        tokenizer.vocabSize(),
        tokenizer.endOfText(),
        tokenizer.artifact(),
        tokenizer.path(),
        tokenizer.trainedOn());
  }
}
