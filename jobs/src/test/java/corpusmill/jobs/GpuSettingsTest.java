package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files for platforms with GPUs can be read, complete the common one, and are what the page tells to submit. */
class GpuSettingsTest {

    private static final Path CONF = Path.of("jobs/conf");

    @TempDir
    private Path folder = Path.of("");

    /** As spark-submit reads it. */
    private static Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(Repository.root().resolve(CONF.resolve(file)))) {
            properties.load(reader);
        }
        return properties;
    }

    @ParameterizedTest
    @ValueSource(strings = {"emr", "dataproc", "eks"})
    void addsToTheCommonSettings(String platform) throws IOException {
        Properties common = properties("rapids.conf");
        Properties added = properties("rapids/" + platform + ".conf");
        assertThat(added.stringPropertyNames())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("spark."))
                .doesNotContainAnyElementsOf(common.stringPropertyNames());
        assertThat(added.getProperty("spark.executor.resource.gpu.discoveryScript"))
                .endsWith("/gpus.sh");
        assertThat(common).containsEntry("spark.plugins", "com.nvidia.spark.SQLPlugin");
        assertThat(Repository.read(CONF.resolve("rapids/README.md")))
                .contains("cat jobs/conf/rapids.conf jobs/conf/rapids/" + platform + ".conf > gpu.conf\nspark-submit ");
    }

    @Test
    void namesEveryClassifierAndOneVersion() {
        String page = Repository.read(CONF.resolve("rapids/README.md"));
        assertThat(page).contains("| cuda12 | cuda12-arm64 |", "| cuda13 | cuda13-arm64 |");
        String version = Repository.read(Path.of("jobs/pom.xml"))
                .split("rapids.version>", 3)[1]
                .replace("</", "");
        Set<String> others = Stream.of("README.md", "jobs/conf/rapids/README.md", "jobs/conf/rapids.conf")
                .flatMap(file -> java.util.regex.Pattern.compile("\\b2\\d\\.\\d\\d\\.\\d+\\b")
                        .matcher(Repository.read(Path.of(file)))
                        .results())
                .map(java.util.regex.MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(others).containsExactly(version);
    }

    @Test
    void tellsSparkItsGpus() throws Exception {
        Path smi = folder.resolve("nvidia-smi");
        Files.writeString(smi, "#!/bin/sh\nprintf '0\\n1\\n'\n");
        Files.setPosixFilePermissions(smi, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path script = Repository.root().resolve(CONF.resolve("rapids/gpus.sh"));
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", script.toString()));
        Map<String, String> environment = builder.environment();
        environment.put("PATH", folder + ":" + environment.get("PATH"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(out).isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}\n");
    }
}
