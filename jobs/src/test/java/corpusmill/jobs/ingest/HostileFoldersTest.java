package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Public corpora of hostile files, which lie in a folder of this machine: {@code -Dtest.hostile=FOLDER}. Any files do;
 * those of JSONTestSuite are also held against their verdicts.
 */
@Tag("long")
class HostileFoldersTest {

    private static Path folder() {
        String folder = System.getProperty("test.hostile", "");
        assumeThat(folder).as("-Dtest.hostile names a folder of hostile files").isNotEmpty();
        return Path.of(folder);
    }

    @Test
    void readsEveryFileAsEveryFormatInAHeapOf512Megabytes(@TempDir Path temp) throws Exception {
        Path out = temp.resolve("out.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HostileReading.class.getName(),
                        folder().toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int code = process.waitFor();
        String printed = Files.readString(out);
        System.out.println(printed);
        assertThat(code).as(printed).isZero();
    }

    /** Each value as one that nobody reads, beside a text: the record is good exactly if the value is. */
    @Test
    void takesAndRefusesWhatJsonTestSuiteSays(@TempDir Path temp) throws IOException {
        List<Path> values;
        try (Stream<Path> below = Files.walk(folder())) {
            values = below.filter(file -> file.toString().contains(File.separator + "test_parsing" + File.separator))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
        assumeThat(values).isNotEmpty();
        int[] verdicts = new int[2];
        for (Path value : values) {
            byte[] bytes = Files.readAllBytes(value);
            String verdict = value.getFileName().toString().substring(0, 1).toLowerCase(Locale.ROOT);
            String latin = new String(bytes, StandardCharsets.ISO_8859_1);
            if (verdict.equals("i") || latin.isBlank() || latin.strip().matches("(?s).*[\r\n].*")) {
                continue; // either may be right, or it is no line
            }
            Path file = temp.resolve("value.jsonl");
            Files.write(
                    file, ("{\"text\":\"own\",\"value\":" + latin.strip() + "}").getBytes(StandardCharsets.ISO_8859_1));
            Reading reading = Reading.of(file);
            assertThat(reading.documents().size()).as(value.toString()).isEqualTo(verdict.equals("y") ? 1 : 0);
            verdicts[verdict.equals("y") ? 0 : 1]++;
        }
        System.out.printf(
                Locale.ROOT, "JSONTestSuite: %d taken, %d refused, as they should%n", verdicts[0], verdicts[1]);
        assertThat(verdicts[0]).isGreaterThan(80);
        assertThat(verdicts[1]).isGreaterThan(150);
    }
}
