package io.holdfast.data;

import io.holdfast.kit.testing.EndpointAccess;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccessIT extends DataServiceFixture {

  @Test
  void everyEndpointLetsInWhoHasItsRoleAndNobodyElse() throws Exception {
    EndpointAccess.verify("data-service");
  }
}
