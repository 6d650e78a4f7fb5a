package io.holdfast.kit.testing;

import io.holdfast.kit.security.Roles;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

/** Requests that tests make with REST Assured are an admin's, unless they say whose they are. */
public final class SignedIn implements QuarkusTestBeforeEachCallback, Filter {

  private static final String HEADER = "Authorization";

  @Override
  public void beforeEach(QuarkusTestMethodContext context) {
    RestAssured.replaceFiltersWith(this);
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext next) {
    if (!request.getHeaders().hasHeaderWithName(HEADER)) {
      request.header(HEADER, "Bearer " + TestTokens.of(Roles.ADMIN));
    }
    return next.next(request, expected);
  }
}
