package io.holdfast.data.api;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.data.inspection.StudyInspection;
import io.holdfast.kit.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a study's base, corpora and tokenizer are. */
@Path("/api/inspections")
@RolesAllowed(Roles.RUNNER)
public class InspectionResource {

  @Inject StudyInspection inspection;

  @POST
  @Operation(
      operationId = "inspect",
      summary = "Register a study's base, corpora and tokenizer and say what is in them",
      description =
          "Waits until everything is read; small corpora are tokenized too. Problems of the input"
              + " are part of the answer, all at once. Repeating a request is cheap.")
  public Inspection inspect(InspectionRequest request) {
    if (request == null) {
      throw new BadRequestException("The request has no body.");
    }
    return inspection.inspect(request);
  }
}
