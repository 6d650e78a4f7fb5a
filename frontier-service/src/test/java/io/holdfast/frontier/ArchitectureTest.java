package io.holdfast.frontier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The service's walls: it trains nothing, so it knows no engine either. */
@AnalyzeClasses(
    packages = "io.holdfast.frontier",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_CONTRACTS_AND_KIT_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.data..",
              "io.holdfast.trainer..",
              "io.holdfast.eval..",
              "io.holdfast.cli..",
              "io.holdfast.local..",
              "io.holdfast.lm..");

  @ArchTest
  static final ArchRule DECISIONS_AND_STATISTICS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..lifecycle..",
              "..replica..",
              "..statistics..",
              "..study..",
              "..law..",
              "..recommendation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "jakarta..",
              "java.sql..",
              "org.apache.kafka..",
              "org.hibernate..",
              "io.smallrye..",
              "ai.djl..");
}
