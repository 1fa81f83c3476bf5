package corpusmill.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of benchmarks that say on which texts, and on how much of them. */
final class TextOptions {

    @Option(
            names = "--text",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "JSON lines (.jsonl, its field text is a document each) or text (one document);"
                    + " plain, .gz or .zst.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--max-megabytes",
            defaultValue = "64",
            description =
                    "Whole documents are read until a file gave so many 10^6 bytes; ${DEFAULT-VALUE} when left out.")
    private int megabytes = 64;

    /** The files, in the order given. */
    List<Path> files() {
        return files;
    }

    /** 10^6 bytes to read of each, as given; may be out of range. */
    int megabytes() {
        return megabytes;
    }

    /** The documents of a file, as UTF-8. */
    List<byte[]> read(Path file) {
        return BenchmarkTexts.read(file, megabytes * 1_000_000L);
    }
}
