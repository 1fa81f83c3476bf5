package corpusmill.jobs.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Reads every file below a folder as each of the formats, whatever it is, and prints what went wrong: a failure, a file
 * that takes too long, a text that UTF-8 cannot hold. Ends with 1 if anything did. Meant for a JVM of its own with a
 * small heap.
 */
final class HostileReading {

    private static final List<String> FORMATS = List.of("jsonl", "text", "warc", "arrow", "parquet");
    private static final int MOST_SECONDS = 60;

    private long documents;
    private long rejected;
    private long wrong;

    private HostileReading() {}

    /** Prints files, readings, documents, rejected records, things that went wrong. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        HostileReading reading = new HostileReading();
        List<Path> files;
        try (Stream<Path> below = Files.walk(Path.of(arguments[0]))) {
            files = below.filter(Files::isRegularFile).sorted().toList();
        }
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "reading");
            daemon.setDaemon(true);
            return daemon;
        });
        for (Path file : files) {
            for (String format : FORMATS) {
                reading.read(thread, file, format);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d files, %d readings, %d documents, %d rejected records, %d things wrong%n",
                files.size(),
                (long) files.size() * FORMATS.size(),
                reading.documents,
                reading.rejected,
                reading.wrong);
        System.exit(reading.wrong == 0 ? 0 : 1);
    }

    private void read(ExecutorService thread, Path file, String format) throws InterruptedException {
        try {
            Reading reading = thread.submit(() -> Reading.of(file, format)).get(MOST_SECONDS, TimeUnit.SECONDS);
            documents += reading.documents().size();
            rejected += reading.rejected().size();
            boolean whole = reading.texts().stream()
                    .allMatch(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
            if (!whole) {
                complain(file, format, "a text that UTF-8 cannot hold");
            }
        } catch (ExecutionException e) {
            complain(
                    file,
                    format,
                    String.valueOf(e.getCause()).lines().findFirst().orElse(""));
        } catch (TimeoutException e) {
            complain(file, format, "not read after " + MOST_SECONDS + " s");
            System.exit(2);
        }
    }

    private void complain(Path file, String format, String what) {
        wrong++;
        System.out.println(file + " as " + format + ": " + what);
    }
}
