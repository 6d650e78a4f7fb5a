package io.holdfast.task.check;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The kit runs wherever a task service does, without Holdfast. */
@AnalyzeClasses(
    packages = "io.holdfast.task.check",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NEEDS_THE_CLIENT_AND_THE_JDK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "io.holdfast.task.check..",
              "io.holdfast.task.client..",
              "io.holdfast.contracts..",
              "com.fasterxml.jackson..");
}
