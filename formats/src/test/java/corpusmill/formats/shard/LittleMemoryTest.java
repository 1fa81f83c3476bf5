package corpusmill.formats.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task needs to write shards, however large they are. */
class LittleMemoryTest {

    /** Of a shard of 256 MiB with six documents a row the small columns take 1.2 MB; the rest is the virtual machine's. */
    private static final String HEAP = "-Xmx16m";

    @Test
    @Tag("long")
    void writesAndReads300MillionTokensInAHeapOf16MiB(@TempDir Path folder) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LittleMemoryWriter.class.getName(),
                        folder.toUri().toString()))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        int code = process.waitFor();
        String output = Files.readString(printed, StandardCharsets.UTF_8);
        assertThat(code).as(output).isZero();
        Map<String, Long> figures = new TreeMap<>();
        output.lines().map(line -> line.split(" ")).forEach(pair -> figures.put(pair[0], Long.parseLong(pair[1])));
        assertThat(figures.get("heap_peak")).isBetween(1L, 16L << 20);
        double bytes = 2.0 * LittleMemoryWriter.ROWS * LittleMemoryWriter.LENGTH;
        System.out.printf(
                "written %.2f, read %.2f GB a CPU second, heap %,d bytes%n",
                bytes / Objects.requireNonNull(figures.get("write_nanos")),
                bytes / Objects.requireNonNull(figures.get("read_nanos")),
                figures.get("heap_peak"));
        try (Stream<Path> shards = Files.list(folder)) {
            assertThat(shards.filter(file -> file.toString().endsWith(".arrow"))
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isGreaterThan((long) bytes);
        }
    }
}
