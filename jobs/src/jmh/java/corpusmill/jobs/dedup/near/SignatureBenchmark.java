package corpusmill.jobs.dedup.near;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.shingle.Shingler;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The signature kernel on one thread: texts of the sample corpus to band keys. {@code megabytes} over {@code cpuSeconds},
 * each summed over the iterations, says the same on an idle machine and on one with other work.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SignatureBenchmark {

    @Param({"WORDS", "AUTO", "CHARACTERS"})
    private NearConfig.Shingle.Unit unit;

    /** Minima of a signature, 8 a band; 0 for the shingles alone. */
    @Param({"128", "0"})
    private int minima;

    @Param("jobs/sample/corpus/manuals/rust-book.jsonl.gz")
    private String texts;

    private final List<byte[]> documents = new ArrayList<>();
    private Shingler shingler;
    private MinHasher hasher;

    /** Bytes of text in 10^6, beside the CPU time of the thread. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Text {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private long begin;
        public double megabytes;

        @Setup(Level.Iteration)
        public void begin() {
            megabytes = 0;
            begin = threads.getCurrentThreadCpuTime();
        }

        public double cpuSeconds() {
            return (threads.getCurrentThreadCpuTime() - begin) / 1e9;
        }
    }

    @Setup
    public void read() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(texts)));
                MappingIterator<JsonNode> lines =
                        new ObjectMapper().readerFor(JsonNode.class).readValues(in)) {
            while (lines.hasNext()) {
                documents.add(lines.next().path("text").asText().getBytes(StandardCharsets.UTF_8));
            }
        }
        shingler = Shingler.of(new NearConfig.Shingle(unit, 5));
        hasher = new MinHasher(new LshBands(Math.max(1, minima / 8), 8), 1);
    }

    @Benchmark
    public long signatures(Text text) {
        long sum = 0;
        for (byte[] document : documents) {
            if (minima == 0) {
                long[] last = new long[1];
                shingler.shingle(document, hash -> last[0] ^= hash);
                sum += last[0];
            } else {
                hasher.reset();
                shingler.shingle(document, hasher);
                sum += hasher.keys()[0];
            }
            text.megabytes += document.length / 1e6;
        }
        return sum;
    }
}
