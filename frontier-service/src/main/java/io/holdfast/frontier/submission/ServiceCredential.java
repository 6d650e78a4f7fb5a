package io.holdfast.frontier.submission;

import io.holdfast.kit.security.KnownTokens;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Says to another service that one of its own asks. */
public class ServiceCredential implements ClientRequestFilter {

  private final KnownTokens tokens;

  @Inject
  ServiceCredential(KnownTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public void filter(ClientRequestContext request) {
    request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.service());
  }
}
