package io.holdfast.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The command line talks to the services over HTTP and starts them as processes. */
@AnalyzeClasses(packages = "io.holdfast.cli", importOptions = ImportOption.DoNotIncludeTests.class)
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
              "io.holdfast.kit..",
              "io.holdfast.lm..");
}
