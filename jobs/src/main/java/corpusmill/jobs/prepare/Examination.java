package corpusmill.jobs.prepare;

import corpusmill.formats.CorpusException;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.config.PrepareConfig;
import corpusmill.jobs.ingest.InputListing;
import corpusmill.jobs.tokenize.TokenizeStage;
import corpusmill.jobs.tokenize.TokenizerSource;
import corpusmill.jobs.upkeep.Diagnosis;
import corpusmill.jobs.upkeep.StoreRace;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.TokenizerException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Looks at everything a run needs, one after another, without starting Spark. What one finds does not keep the next. */
public final class Examination {

    private static final int LEAST_JAVA = 17;
    private static final long GIGABYTE = 1_000_000_000L;
    private static final long LITTLE_DISK = 10 * GIGABYTE;
    private static final List<String> SPARK = List.of("4.0", "4.1", "4.2");

    private Examination() {}

    /** This machine and this process. */
    public static List<Diagnosis> ofEnvironment() {
        List<Diagnosis> found = new ArrayList<>();
        found.add(java(Runtime.version().feature()));
        found.add(spark(org.apache.spark.package$.MODULE$.SPARK_VERSION()));
        found.add(disk());
        return found;
    }

    static Diagnosis java(int feature) {
        String is = "Java " + Runtime.version() + " on " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
        return feature < LEAST_JAVA
                ? Diagnosis.failed("java", is + "; " + LEAST_JAVA + " or newer is needed", 2)
                : Diagnosis.ok("java", is);
    }

    static Diagnosis spark(String version) {
        boolean tested = SPARK.stream().anyMatch(line -> version.startsWith(line + "."));
        return tested
                ? Diagnosis.ok("spark", "Spark " + version)
                : Diagnosis.warning(
                        "spark",
                        "Spark " + version + " is not one of the lines that were tested, " + String.join(", ", SPARK)
                                + "; run verify on what it makes");
    }

    private static Diagnosis disk() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String is = String.format(Locale.ROOT, "%s has %.1f GB free", folder, free / (double) GIGABYTE);
            return free < LITTLE_DISK
                    ? Diagnosis.warning(
                            "disk",
                            is + "; shuffles need about the size of the text: set spark.local.dir to a larger disk")
                    : Diagnosis.ok("disk", is);
        } catch (IOException e) {
            return Diagnosis.failed("disk", folder + " cannot be used: " + e.getMessage() + "; set java.io.tmpdir", 5);
        }
    }

    /** What a job names: tokenizer, input, and the stores it writes to, where some small files are made and deleted. */
    public static List<Diagnosis> of(PrepareConfig config) {
        Map<String, String> hadoop = Sessions.hadoop(config.spark());
        List<Diagnosis> found = new ArrayList<>();
        found.add(examine("tokenizer", () -> tokenizer(config, hadoop)));
        found.add(examine("input", () -> input(config, hadoop)));
        found.add(examine("output", () -> store("output", config.output(), hadoop)));
        found.add(examine("work", () -> store("work", config.work(), hadoop)));
        return found;
    }

    private static Diagnosis examine(String subject, Supplier<Diagnosis> look) {
        try {
            return look.get();
        } catch (CorpusException e) {
            return Diagnosis.failed(subject, String.valueOf(e.getMessage()), e.exitCode());
        } catch (TokenizerException e) {
            return Diagnosis.failed(subject, String.valueOf(e.getMessage()), 2);
        }
    }

    private static Diagnosis tokenizer(PrepareConfig config, Map<String, String> hadoop) {
        TokenizerDefinition definition = TokenizerFiles.read(config.tokenizer().path(), hadoop);
        definition.resolveAppend(config.tokenizer().append());
        Tokenizer loaded = TokenizeStage.load(new TokenizerSource(
                definition, config.tokenizer().engine(), config.tokenizer().specialTokens()));
        String is = definition.name() + ", " + definition.vocabularySize() + " tokens, engine "
                + loaded.engine().name().toLowerCase(Locale.ROOT);
        return loaded.whyNotFast()
                .map(why -> Diagnosis.warning("tokenizer", is + ", not the fast one: " + why))
                .orElse(Diagnosis.ok("tokenizer", is));
    }

    private static Diagnosis input(PrepareConfig config, Map<String, String> hadoop) {
        InputListing listing = InputListing.of(config.input(), hadoop);
        long bytes = listing.bytes();
        return Diagnosis.ok(
                "input",
                String.format(
                        Locale.ROOT, "%,d files, %,d bytes", listing.files().size(), bytes));
    }

    private static Diagnosis store(String subject, URI root, Map<String, String> hadoop) {
        boolean local = "file".equals(root.getScheme());
        boolean there = !local || Files.exists(Path.of(root));
        try {
            StoreRace.of(Storages.open(root, hadoop), root).run();
        } finally {
            if (!there) {
                removeEmpty(Path.of(root));
            }
        }
        return Diagnosis.ok(
                subject,
                root
                        + " can be written, listed, read and deleted, and of 8 writers at once exactly one creates a"
                        + " file");
    }

    private static void removeEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Something is in it by now, which is not ours.
            return;
        }
    }
}
