package io.holdfast.artifact;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The store's walls. */
@AnalyzeClasses(
    packages = "io.holdfast.artifact",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_NO_SERVICE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.data..",
              "io.holdfast.trainer..",
              "io.holdfast.eval..",
              "io.holdfast.frontier..",
              "io.holdfast.cli..",
              "io.holdfast.local..");

  @ArchTest
  static final ArchRule OF_THE_ENGINE_IT_KNOWS_DURABLE_DIRECTORIES_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "are of the engine, but not of io.holdfast.lm.durable",
                  type ->
                      type.getPackageName().startsWith("io.holdfast.lm")
                          && !type.getPackageName().equals("io.holdfast.lm.durable")));

  @ArchTest
  static final ArchRule THE_SDK_STAYS_INSIDE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.holdfast.artifact.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..");
}
