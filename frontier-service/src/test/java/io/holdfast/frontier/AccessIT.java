package io.holdfast.frontier;

import io.holdfast.kit.testing.EndpointAccess;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccessIT extends StudyFixture {

  @Test
  void everyEndpointLetsInWhoHasItsRoleAndNobodyElse() throws Exception {
    EndpointAccess.verify("frontier-service");
  }
}
