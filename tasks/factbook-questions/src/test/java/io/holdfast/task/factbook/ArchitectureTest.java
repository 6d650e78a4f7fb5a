package io.holdfast.task.factbook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A task service knows the protocol, and nothing of who uses it. */
@AnalyzeClasses(
    packages = "io.holdfast.task.factbook",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_THE_PROTOCOL_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.data..",
              "io.holdfast.trainer..",
              "io.holdfast.eval..",
              "io.holdfast.frontier..",
              "io.holdfast.kit..",
              "io.holdfast.lm..",
              "io.holdfast.task.client..",
              "org.apache.kafka..");
}
