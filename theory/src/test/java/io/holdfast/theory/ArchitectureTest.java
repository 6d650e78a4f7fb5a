package io.holdfast.theory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The theory is numerics and figures: no framework, no service, no engine. */
@AnalyzeClasses(
    packages = "io.holdfast.theory",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_NUMBERS_AND_FIGURES_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.theory..",
              "io.holdfast.figure..",
              "io.holdfast.contracts.problem..",
              "org.hipparchus..",
              "java..");
}
