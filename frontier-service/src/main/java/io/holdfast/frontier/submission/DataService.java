package io.holdfast.frontier.submission;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The part of data-service's API that studies need. */
@RegisterRestClient(configKey = "data-service")
@RegisterProvider(ServiceCredential.class)
@Path("/api")
public interface DataService {

  /** Registers corpora and tokenizer and says what is in them; may take minutes the first time. */
  @POST
  @Path("/inspections")
  Inspection inspect(InspectionRequest request);
}
