package org.ganvas.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "org.ganvas", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String INFERENCE = "org.ganvas.inference..";
  private static final String TRAINING = "org.ganvas.training..";
  private static final String SERVER = "org.ganvas.server..";
  private static final String CLI = "org.ganvas.cli..";

  @ArchTest
  static final ArchRule inferenceDependsOnNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage(INFERENCE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TRAINING, SERVER, CLI);

  @ArchTest
  static final ArchRule trainingDependsOnInferenceOnly =
      noClasses()
          .that()
          .resideInAPackage(TRAINING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVER, CLI);

  @ArchTest
  static final ArchRule theServerDependsOnInferenceOnly =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TRAINING, CLI);

  @ArchTest
  static final ArchRule djlIsKnownToTrainingAndToTheModelPackageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(TRAINING, "org.ganvas.inference.model")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule javalinIsKnownToTheServerOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.javalin..");

  @ArchTest
  static final ArchRule picocliIsKnownToTheCommandLineOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  /** See {@code Differentiable} for why. */
  @ArchTest
  static final ArchRule lossesAreNotMultipliedByNumbersThatAreCollected =
      noClasses()
          .that()
          .resideInAPackage("org.ganvas.training.gan")
          .should()
          .callMethod(NDArray.class, "mul", Number.class)
          .orShould()
          .callMethod(NDArray.class, "div", Number.class)
          .orShould()
          .callMethod(NDArray.class, "maximum", Number.class)
          .orShould()
          .callMethod(NDArray.class, "minimum", Number.class)
          .orShould()
          .callMethod(NDArray.class, "pow", Number.class);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.ganvas.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingStaticIsReplaced = fields().that().areStatic().should().beFinal();

  @Test
  void everyPackageIsMarkedAsNullSafe() {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.ganvas");
    Set<String> packages =
        ours.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    Set<String> marked =
        ours.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .filter(type -> type.isAnnotatedWith(NullMarked.class))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(marked).isEqualTo(packages).contains("org.ganvas.inference.model", "org.ganvas.cli");
  }
}
