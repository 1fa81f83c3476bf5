package corpusmill.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may use whom. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("corpusmill");

    /** Classes beside stages and jobs that may know Spark. Every new one needs a reason here. */
    private static final Set<String> SPARK_USERS = Set.of(
            "RecordEncoder", // turns records into rows
            "Rows", // reads and writes rows
            "Stage", // the type of all stages
            "TokenFunctions", // the tokenizer in SQL
            "TokenFunction", // one function of it
            "Ranking", // an order of columns, for the stages that keep one of several documents
            "BandKeys", // a kernel as a column function, and its form for a GPU
            "GpuBandKeys",
            "UnitHashes",
            "GpuUnitHashes",
            "GpuForm" // chooses between these two
            );

    @Test
    void keepsSparkInStagesAndJobs() {
        DescribedPredicate<JavaClass> maySpark =
                DescribedPredicate.describe("stages, jobs or named exceptions", type -> {
                    String name = outermost(type);
                    return type.getPackageName().equals("corpusmill.jobs.prepare") // joins the stages
                            || name.matches("\\w*(Stage|Job|Jobs)")
                            || SPARK_USERS.contains(name);
                });
        noClasses()
                .that(DescribedPredicate.not(maySpark))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.spark..")
                .because("kernels are plain classes over primitives, tested and measured alone")
                .check(CLASSES);
    }

    @Test
    void keepsStagesApart() {
        Set<String> stages = CLASSES.stream()
                .filter(type -> type.getSimpleName().endsWith("Stage"))
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals("corpusmill.jobs.flow"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(stages).isNotEmpty();
        for (String stage : stages) {
            String[] others =
                    stages.stream().filter(other -> !other.equals(stage)).toArray(String[]::new);
            if (others.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(stage)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(others)
                        .because("stages pass records of the package flow")
                        .check(CLASSES);
            }
        }
    }

    @Test
    void keepsTokenizerAndFormatsFreeOfTheRest() {
        noClasses()
                .that()
                .resideInAPackage("corpusmill.tokenizer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("corpusmill.formats..", "corpusmill.jobs..", "org.apache.hadoop..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("corpusmill.formats..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("corpusmill.tokenizer..", "corpusmill.jobs..", "org.apache.spark..")
                .check(CLASSES);
    }

    @Test
    void keepsTheJobFileFreeOfSparkAndStages() {
        classes()
                .that()
                .resideInAPackage("corpusmill.jobs.config")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "corpusmill.jobs.config",
                        "corpusmill.formats..",
                        "corpusmill.tokenizer",
                        "java..",
                        "org.snakeyaml..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void endsTheProcessInMainOnly() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    private static String outermost(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).replaceFirst("\\$.*", "");
    }
}
