package corpusmill.tokenizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("corpusmill.tokenizer");

    @Test
    void onlyTheReferenceEngineKnowsDjl() {
        noClasses()
                .that()
                .resideOutsideOfPackage("corpusmill.tokenizer.reference")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(CLASSES);
    }

    @Test
    void nothingUsesTheDjlClassThatTruncatesAndCallsHome() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("ai\\.djl\\.huggingface\\.tokenizers\\.[A-Z].*")
                .check(CLASSES);
    }

    @Test
    void nativeAddressesStayInOneClass() {
        noClasses()
                .that()
                .doNotHaveSimpleName("NativeTokenizer")
                .and()
                .doNotHaveSimpleName("Deletion")
                .and()
                .haveNameNotMatching(".*\\.NativeLibrary(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(CLASSES);
    }

    @Test
    void nothingKnowsSparkHadoopOrTheOtherModules() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache..", "scala..", "corpusmill.formats..", "corpusmill.jobs..")
                .check(CLASSES);
    }

    @Test
    void theUnicodeTablesStandAlone() {
        noClasses()
                .that()
                .resideInAPackage("corpusmill.tokenizer.unicode")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "corpusmill.tokenizer.unicode", "org.jspecify..")
                .check(CLASSES);
    }
}
