package corpusmill.jobs.prepare;

import corpusmill.formats.ConfigException;
import corpusmill.formats.ConflictException;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.manifest.PublishResult;
import corpusmill.formats.shard.TokenType;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.config.PrepareConfig;
import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.ingest.InputListing;
import corpusmill.jobs.tokenize.TokenizeStage;
import corpusmill.jobs.tokenize.TokenizerSource;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.TokenizerException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all steps of one run share. Spark starts when a step first needs it. One thread. */
final class Run implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    private final PrepareConfig config;
    private final Storage storage;
    private final InputListing input;
    private final EarlierDatasets earlier;
    private final SortedMap<String, Object> values;
    private final TokenizerDefinition tokenizer;
    private final Fingerprints fingerprints;
    private final StageClock clock;
    private final TaskProgress tasks;
    private final WorkFolder work;
    private @Nullable SparkSession spark;

    private Run(PrepareConfig config, RunProgress progress) {
        this.config = config;
        this.tasks = new TaskProgress(progress);
        Map<String, String> hadoop = Sessions.hadoop(config.spark());
        this.storage = Storages.open(config.output(), hadoop);
        this.tokenizer = TokenizerFiles.read(config.tokenizer().path(), hadoop);
        this.earlier = EarlierDatasets.open(config.deduplication().against(), hadoop);
        this.input = InputListing.of(config.input(), Sessions.connector(config.spark()))
                .from(earlier.end());
        this.values = config.fingerprinted();
        values.put(Fingerprints.EARLIER, earlier.fingerprints());
        earlier.check(values, tokenizer);
        this.fingerprints = Fingerprints.of(
                values,
                input,
                new Fingerprints.Framing(
                        tokenizer.fingerprint(), Arrays.stream(append()).boxed().toList(), padId()));
        this.clock = new StageClock(Sessions.isLocal(config.spark()));
        this.work = new WorkFolder(config.work(), Storages.open(config.work(), hadoop), clock);
    }

    /** Reads the tokenizer, lists the input, computes the fingerprints. */
    static Run open(PrepareConfig config, RunProgress progress) {
        return new Run(config, progress);
    }

    /**
     * Whether the dataset of this run is there already.
     *
     * @throws ConflictException if the output holds another one
     */
    boolean isPublished() {
        Optional<Manifest> found = manifest();
        if (found.isEmpty()) {
            return false;
        }
        String other = found.get().fingerprint();
        if (!other.equals(fingerprints.dataset())) {
            throw new ConflictException("the output " + config.output() + " holds the dataset " + other
                    + ", but this job would make " + fingerprints.dataset()
                    + "; give another output, or undo what changed in input or configuration");
        }
        return true;
    }

    /** The manifest at the output, if there is one. */
    Optional<Manifest> manifest() {
        URI uri = Storages.resolve(config.output(), Manifest.NAME);
        return storage.stat(uri).map(file -> ManifestParser.parse(storage.readAll(uri), uri.toString()));
    }

    /** The accounts of the published dataset. */
    List<StageAccount> publishedAccounts() {
        List<StageAccount> accounts = new ArrayList<>();
        manifest()
                .ifPresent(manifest -> manifest.ledger()
                        .forEach((stage, entry) -> accounts.add(new StageAccount(
                                stage, entry.in(), entry.out(), new TreeMap<>(entry.dropped()), 0, 0, true))));
        return accounts;
    }

    PrepareConfig config() {
        return config;
    }

    InputListing input() {
        return input;
    }

    /** Size of what is read, as it is stored; no limit beside earlier datasets, whose tables are read too. */
    long inputBytes() {
        return earlier.isEmpty() ? input.bytes() : Long.MAX_VALUE;
    }

    /** The datasets whose documents must not come again. */
    EarlierDatasets earlier() {
        return earlier;
    }

    /** The keys of the job file that change bytes, with the fingerprints of earlier datasets. */
    SortedMap<String, Object> values() {
        return Collections.unmodifiableSortedMap(values);
    }

    TokenizerDefinition tokenizer() {
        return tokenizer;
    }

    /** How ids are stored. */
    TokenType tokenType() {
        return TokenType.forVocabulary(tokenizer.vocabularySize());
    }

    /** The tokenizer with engine and policy. */
    TokenizerSource tokenizerSource() {
        return new TokenizerSource(
                tokenizer, config.tokenizer().engine(), config.tokenizer().specialTokens());
    }

    /**
     * Starts Spark, and meanwhile loads the tokenizer, so that what is wrong with it is known before hours of work.
     *
     * @throws ConfigException if definition, engine and policy do not go together
     */
    void start() {
        if (Sessions.isSmall(config.spark(), inputBytes())) {
            CompilerDirectives.forSmallInput();
        }
        CompletableFuture<Tokenizer> loading =
                CompletableFuture.supplyAsync(this::loadTokenizer, task -> new Thread(task, "tokenizer").start());
        spark();
        try {
            loading.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Loads the tokenizer here.
     *
     * @throws ConfigException if definition, engine and policy do not go together
     */
    Tokenizer loadTokenizer() {
        append();
        try {
            Tokenizer loaded = TokenizeStage.load(tokenizerSource());
            earlier.checkDecoding(values, loaded);
            return loaded;
        } catch (TokenizerException e) {
            throw new ConfigException("tokenizer: " + e.getMessage(), e);
        }
    }

    /** Ids put after every document. */
    int[] append() {
        try {
            return tokenizer.resolveAppend(config.tokenizer().append());
        } catch (TokenizerException e) {
            throw new ConfigException("tokenizer.append: " + e.getMessage(), e);
        }
    }

    /** The id that fills rows: the last of the framing, else the end of text, else 0. */
    int padId() {
        int[] append = append();
        return append.length > 0
                ? append[append.length - 1]
                : tokenizer.endOfSequence().orElse(0);
    }

    Fingerprints fingerprints() {
        return fingerprints;
    }

    Storage storage() {
        return storage;
    }

    WorkFolder work() {
        return work;
    }

    StageClock clock() {
        return clock;
    }

    Map<String, String> hadoop() {
        return Sessions.hadoop(config.spark());
    }

    /** The same as the readers of the input need them, which share connections with Spark. */
    Map<String, String> connector() {
        return Sessions.connector(config.spark());
    }

    /** Where the files of this dataset lie, relative to its root. */
    String directory() {
        return "data/" + fingerprints.dataset();
    }

    SparkSession spark() {
        SparkSession session = spark;
        if (session == null) {
            session = Sessions.open(config.spark(), inputBytes());
            session.sparkContext().addSparkListener(clock);
            session.sparkContext().addSparkListener(tasks);
            spark = session;
        }
        return session;
    }

    /** Groups the jobs that follow under a name that Spark's own pages show. */
    void describe(String stage) {
        spark().sparkContext().setJobGroup("corpusmill", stage, false);
    }

    void note(PublishResult result) {
        LOG.info("dataset {} at {}: {}", fingerprints.dataset(), config.output(), result);
    }

    @Override
    public void close() {
        if (spark != null) {
            spark.sparkContext().removeSparkListener(clock);
            spark.sparkContext().removeSparkListener(tasks);
        }
    }
}
