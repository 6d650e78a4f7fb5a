package io.holdfast.data;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.json.Json;
import io.restassured.specification.RequestSpecification;

/** Asks a running data-service for an inspection, which must succeed. */
final class Inspections {

  private Inspections() {}

  /**
   * Asks.
   *
   * @param caller says which service, and who asks
   */
  static Inspection ask(RequestSpecification caller, InspectionRequest request) {
    String answer =
        caller
            .contentType("application/json")
            .body(Json.write(request))
            .post("/api/inspections")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return Json.read(answer, Inspection.class);
  }
}
