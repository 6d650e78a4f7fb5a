package io.holdfast.eval;

import io.holdfast.kit.testing.EndpointAccess;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccessIT extends EvaluationFixture {

  @Test
  void everyEndpointLetsInWhoHasItsRoleAndNobodyElse() throws Exception {
    EndpointAccess.verify("eval-service");
  }
}
