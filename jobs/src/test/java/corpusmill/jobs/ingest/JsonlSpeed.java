package corpusmill.jobs.ingest;

import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures the JSONL reader over the shared corpora, megabytes of decompressed file per second of processor time. */
final class JsonlSpeed {

    private JsonlSpeed() {}

    public static void main(String[] arguments) throws IOException {
        Path plain = Files.createTempFile("speed", ".jsonl");
        for (String folder : List.of("jsonl", "jsonl-zst")) {
            Path corpora = SharedData.corpora().resolve(folder);
            try (Stream<Path> files = Files.list(corpora)) {
                for (Path file : files.sorted().toList()) {
                    try (InputStream in = Decompression.open(
                                    SourceStream.local(file.toUri().toString(), file));
                            OutputStream out = Files.newOutputStream(plain, java.nio.file.StandardOpenOption.APPEND)) {
                        in.transferTo(out);
                    }
                }
            }
        }
        SourceFile file = Reading.file(plain, "jsonl");
        FilePart part = new FilePart(file, 0, Long.MAX_VALUE);
        for (int round = 0; round < 8; round++) {
            Count count = new Count();
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            try (RecordReader reader = JsonlReader.open(SourceStream.local(file.uri(), plain), part, Reading.LIMITS)) {
                while (reader.advance(count)) {}
            }
            double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
            System.out.printf(Locale.ROOT, "%d documents, %.0f MB/s%n", count.documents, file.bytes() / 1e6 / seconds);
        }
        Files.delete(plain);
    }

    private static final class Count implements RecordSink {

        private long documents;

        @Override
        public void document(long offset, long length, String text, @Nullable String key) {
            documents++;
        }

        @Override
        public void rejected(long offset, long length, RejectionReason reason, Evidence evidence) {
            throw new IllegalStateException("rejected at " + offset);
        }
    }
}
