package io.holdfast.lm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The engine can be used from a plain main: it knows no framework, broker or database. */
@AnalyzeClasses(packages = "io.holdfast.lm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_NO_FRAMEWORK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "jakarta..",
              "javax.sql..",
              "java.sql..",
              "org.apache.kafka..",
              "org.hibernate..",
              "io.smallrye..",
              "io.vertx..");

  @ArchTest
  static final ArchRule ONLY_THE_PROGRAM_TOUCHES_THE_NATIVE_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.holdfast.lm.program..", "io.holdfast.lm.tokenizer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..");

  @ArchTest
  static final ArchRule ONLY_THE_TOKENIZER_TOUCHES_THE_TOKENIZERS_LIBRARY =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.holdfast.lm.tokenizer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl.huggingface..");

  @ArchTest
  static final ArchRule DATA_AND_CHECKPOINTS_KNOW_NO_TRAINING =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.holdfast.lm.shard..",
              "io.holdfast.lm.mixture..",
              "io.holdfast.lm.checkpoint..",
              "io.holdfast.lm.durable..",
              "io.holdfast.lm.weights..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.lm.program..", "io.holdfast.lm.train..", "io.holdfast.lm.evaluate..");
}
