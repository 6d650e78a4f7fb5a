package io.holdfast.data;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses DATA_SERVICE =
      new ClassFileImporter().importPath(Path.of("target/classes/io/holdfast"));

  @Test
  void knowsOnlyContractsTheKitAndTheEngine() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("io.holdfast.trainer..", "io.holdfast.eval..")
        .andShould()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("io.holdfast.frontier..", "io.holdfast.cli..")
        .check(DATA_SERVICE);
  }

  @Test
  void keepsFrameworksOutOfTheDomain() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..corpus..", "..model..", "..tokenizer..", "..tokenization..", "..mixture..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..", "jakarta..", "org.apache.kafka..", "java.sql..", "io.smallrye..")
        .check(DATA_SERVICE);
  }

  @Test
  void hasNoCycles() {
    slices().matching("io.holdfast.data.(*)..").should().beFreeOfCycles().check(DATA_SERVICE);
  }
}
