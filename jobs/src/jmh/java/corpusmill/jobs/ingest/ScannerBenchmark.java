package corpusmill.jobs.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The scanner of JSON lines on one thread, over bytes in memory, step by step: each benchmark does what the one before it
 * does, and more. The counter {@code megabytes} is MB of JSON lines a second, {@code cpu} the CPU seconds a second: on a
 * machine that does other work too, the one divided by the other counts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ScannerBenchmark {

    /** Files of JSON lines, or folders of such, compressed or not; those that are not there are left out. */
    @Param("jobs/sample/corpus/manuals/rust-book.jsonl.gz")
    private String texts;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private byte[] lines = {};
    private final JsonRecord record = new JsonRecord("text", "id");

    /** Bytes in 10^6, and the CPU seconds of the thread. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Text {
        public double megabytes;
        public double cpu;
    }

    @Setup
    public void read() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : texts.split(":")) {
            try (Stream<Path> files = Files.walk(Path.of(name))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    SourceStream source = SourceStream.local(file.toUri().toString(), file);
                    try (var in = Decompression.open(source)) {
                        in.transferTo(all);
                    }
                    all.write('\n');
                }
            }
        }
        lines = all.toByteArray();
    }

    /** Cuts the lines. */
    @Benchmark
    public long lines(Text text) throws IOException {
        return scan(text, 0);
    }

    /** And checks their UTF-8. */
    @Benchmark
    public long valid(Text text) throws IOException {
        return scan(text, 1);
    }

    /** And checks their JSON and takes the text and the id out: records as ingest takes them. */
    @Benchmark
    public long records(Text text) throws IOException {
        return scan(text, 2);
    }

    private long scan(Text text, int steps) throws IOException {
        long sum = 0;
        long start = threads.getCurrentThreadCpuTime();
        try (LineScanner scanner = new LineScanner(new ByteArrayInputStream(lines), 0, 64 << 20)) {
            while (scanner.next() == LineScanner.Event.LINE) {
                sum += scanner.length();
                if (steps > 0 && !Utf8.valid(scanner.bytes(), scanner.from(), scanner.to())) {
                    throw new IllegalStateException("no UTF-8 at " + scanner.offset());
                }
                if (steps > 1 && scanner.length() > 0) {
                    RejectionReason reason = record.read(scanner.bytes(), scanner.from(), scanner.to());
                    if (reason != null) {
                        throw new IllegalStateException(reason + " at " + scanner.offset());
                    }
                    sum += record.text().length;
                }
            }
        }
        text.megabytes += lines.length / 1e6;
        text.cpu += (threads.getCurrentThreadCpuTime() - start) / 1e9;
        return sum;
    }
}
