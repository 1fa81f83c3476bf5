package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the test data beside the project; tests that need it are skipped where it is not. */
final class SharedData {

    private SharedData() {}

    static Path corpora() {
        Path home = Path.of(System.getProperty("corpusmill.home", "."))
                .toAbsolutePath()
                .normalize();
        Path beside = home.resolve("../shared/data/corpora").normalize();
        Path above = home.resolve("../../shared/data/corpora").normalize();
        Path found = Files.isDirectory(beside) ? beside : above;
        assumeThat(found).as("the shared test data lies beside the project").isDirectory();
        return found;
    }
}
