package io.holdfast.kit.work;

import io.holdfast.kit.Pooled;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same through PgBouncer, where it is installed. */
@QuarkusTest
@TestProfile(Pooled.class)
@EnabledIf(value = "io.holdfast.kit.Pooled#isHere", disabledReason = "PgBouncer is not installed")
class PooledLeasedWorkIT extends LeasedWorkIT {}
