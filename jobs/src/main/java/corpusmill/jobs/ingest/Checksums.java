package corpusmill.jobs.ingest;

import corpusmill.formats.CorpusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileStatus;

/** Tells by a file's content, or by what its store says of it, whether it is still the same. */
final class Checksums {

    private static final int BUFFER_BYTES = 1 << 18;

    private Checksums() {}

    /** The checksums of files, in their order, several at a time. */
    static List<String> of(SourceStore store, List<FoundFile> files) {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "input-checksums");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<String>> running = new ArrayList<>();
            for (FoundFile file : files) {
                running.add(pool.submit(() -> of(store, file)));
            }
            List<String> checksums = new ArrayList<>();
            for (Future<String> one : running) {
                checksums.add(one.get());
            }
            return checksums;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CorpusException known) {
                throw known;
            }
            throw new IllegalStateException("a checksum could not be computed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while checksums were computed", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static String of(SourceStore store, FoundFile file) {
        FileStatus status = file.status();
        if (status != null) {
            return StoredFiles.checksum(store, status);
        }
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (SourceStream stream = store.open(file.uri())) {
            for (int read = stream.read(buffer, 0, buffer.length); read >= 0; ) {
                checksum.update(buffer, 0, read);
                read = stream.read(buffer, 0, buffer.length);
            }
        }
        return String.format(Locale.ROOT, "crc32c:%08x", checksum.getValue());
    }
}
