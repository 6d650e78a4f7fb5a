package io.holdfast.data.api;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.data.registry.ModelRegistry;
import io.holdfast.data.registry.RegisteredModel;
import io.holdfast.kit.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Which models studies can start from. */
@Path("/api/models")
@RolesAllowed(Roles.VIEWER)
public class ModelResource {

  @Inject ModelRegistry models;

  /**
   * A user's model.
   *
   * @param artifact artifact path of the directory
   * @param path where the user's directory was found last
   * @param parameters how many can be trained
   */
  public record Listed(
      String id, String artifact, String path, long parameters, Architecture architecture) {}

  @GET
  @Operation(operationId = "models", summary = "The registered models, newest first")
  public List<Listed> list() {
    return models.latest().stream().map(ModelResource::listed).toList();
  }

  private static Listed listed(RegisteredModel model) {
    return new Listed(
        model.id(),
        model.artifact(),
        model.path(),
        model.architecture().parameters(),
        model.architecture());
  }
}
