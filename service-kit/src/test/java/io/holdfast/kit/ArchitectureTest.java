package io.holdfast.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The kit knows no service, no engine and no domain. */
@AnalyzeClasses(packages = "io.holdfast.kit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_NO_SERVICE_AND_NO_ENGINE =
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
              "ai.djl..");

  /** Events are carried as text with a key; what a stage or a study is belongs to the services. */
  @ArchTest
  static final ArchRule KNOWS_NO_DOMAIN_WORDS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.contracts.stage..",
              "io.holdfast.contracts.mixture..",
              "io.holdfast.contracts.study..",
              "io.holdfast.contracts.corpus..",
              "io.holdfast.contracts.model..");
}
