package io.holdfast.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The service's walls. */
@AnalyzeClasses(
    packages = "io.holdfast.trainer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_CONTRACTS_KIT_AND_ENGINE_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.data..",
              "io.holdfast.eval..",
              "io.holdfast.frontier..",
              "io.holdfast.cli..",
              "io.holdfast.local..");

  @ArchTest
  static final ArchRule DECISIONS_ARE_PURE =
      classes()
          .that()
          .resideInAPackage("io.holdfast.trainer.stage..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.trainer.stage..",
              "io.holdfast.contracts..",
              "java.lang..",
              "java.util..");

  @ArchTest
  static final ArchRule ONLY_TRAINING_AND_EDGES_KNOW_THE_ENGINE =
      noClasses()
          .that()
          .resideInAnyPackage("io.holdfast.trainer.persistence..", "io.holdfast.trainer.api..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.holdfast.lm..");
}
