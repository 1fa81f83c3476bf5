package corpusmill.formats;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("corpusmill.formats");

    @Test
    void knowsNeitherSparkNorTokenizersNorJobs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "scala..", "corpusmill.tokenizer..", "corpusmill.jobs..")
                .check(CLASSES);
    }

    @Test
    void usesNoArrowVectors() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.arrow.vector..", "org.apache.arrow.memory..")
                .check(CLASSES);
    }

    @Test
    void usesPathsNotFiles() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.File")
                .check(CLASSES);
    }

    @Test
    void leavesExitingToTheCommandLine() {
        noClasses().should().callMethod(System.class, "exit", int.class).check(CLASSES);
    }

    @Test
    void touchesHadoopOnlyBehindStorageTablesAndArchive() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "corpusmill.formats.storage", "corpusmill.formats.table", "corpusmill.formats.archive")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hadoop..", "org.apache.parquet..")
                .check(CLASSES);
    }

    @Test
    void hasNoCycles() {
        slices().matching("corpusmill.formats.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
