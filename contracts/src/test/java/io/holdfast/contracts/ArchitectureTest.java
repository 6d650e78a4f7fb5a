package io.holdfast.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Contracts are values: no framework, and nothing else of ours. */
@AnalyzeClasses(
    packages = "io.holdfast.contracts",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ARE_VALUES_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.data..",
              "io.holdfast.trainer..",
              "io.holdfast.eval..",
              "io.holdfast.frontier..",
              "io.holdfast.cli..",
              "io.holdfast.local..",
              "io.holdfast.lm..",
              "io.holdfast.kit..",
              "io.quarkus..",
              "jakarta..",
              "java.sql..",
              "org.apache.kafka..",
              "org.hibernate..",
              "io.smallrye..",
              "ai.djl..");
}
