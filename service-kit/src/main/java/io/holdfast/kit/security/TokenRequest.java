package io.holdfast.kit.security;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A token of ours that somebody shows. */
final class TokenRequest extends BaseAuthenticationRequest {

  private final String token;

  TokenRequest(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }
}
