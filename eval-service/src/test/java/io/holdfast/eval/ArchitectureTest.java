package io.holdfast.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The service's walls. */
@AnalyzeClasses(packages = "io.holdfast.eval", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_CONTRACTS_KIT_AND_ENGINE_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.data..",
              "io.holdfast.trainer..",
              "io.holdfast.frontier..",
              "io.holdfast.cli..",
              "io.holdfast.local..");

  @ArchTest
  static final ArchRule ONLY_SCORING_AND_HEALTH_KNOW_THE_ENGINE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.holdfast.eval.persistence..",
              "io.holdfast.eval.messaging..",
              "io.holdfast.eval.api..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.holdfast.lm..");
}
