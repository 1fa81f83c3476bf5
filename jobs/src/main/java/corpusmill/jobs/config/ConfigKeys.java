package corpusmill.jobs.config;

import static corpusmill.jobs.config.ConfigKey.Role.BYTES;
import static corpusmill.jobs.config.ConfigKey.Role.RUN;

import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import java.net.URI;
import java.util.List;

/** The table of all keys of the job file. {@code spark} is not in it: it takes any key. */
final class ConfigKeys {

    static final String INPUT = "input";
    static final String SPARK = "spark";

    // The entries of the list "input".
    static final ConfigKey<InputConfig, String> PATH = new ConfigKey<>(
            "path", KeyTypes.text(), null, InputConfig::path, RUN, "File, directory (read with all below it) or glob.");
    static final ConfigKey<InputConfig, String> SOURCE = new ConfigKey<>(
            "source",
            KeyTypes.text(),
            null,
            InputConfig::source,
            BYTES,
            "Mixture component the documents belong to; the directory's name when left out.");
    static final ConfigKey<InputConfig, InputFormat> FORMAT = new ConfigKey<>(
            "format",
            KeyTypes.choice(InputFormat.class),
            InputFormat.AUTO,
            InputConfig::format,
            BYTES,
            "How records are found in the files; auto goes by the file name.");
    static final ConfigKey<InputConfig, String> TEXT_FIELD = new ConfigKey<>(
            "fields.text",
            KeyTypes.text(),
            FieldsConfig.DEFAULT.text(),
            input -> input.fields().text(),
            BYTES,
            "Field or column that holds the text.");
    static final ConfigKey<InputConfig, String> ID_FIELD = new ConfigKey<>(
            "fields.id",
            KeyTypes.text(),
            FieldsConfig.DEFAULT.id(),
            input -> input.fields().id(),
            BYTES,
            "Field or column that holds the user's own id; of WARC a header, by default WARC-Target-URI.");

    static final ConfigKey<PrepareConfig, URI> OUTPUT =
            new ConfigKey<>("output", KeyTypes.location(), null, PrepareConfig::output, RUN, "Root of the dataset.");
    static final ConfigKey<PrepareConfig, URI> WORK = new ConfigKey<>(
            "work",
            KeyTypes.location(),
            null,
            PrepareConfig::work,
            RUN,
            "Root of the stage results, for resuming; the output with .work at its end when left out.");

    static final ConfigKey<PrepareConfig, DataSize> MAX_DOCUMENT = new ConfigKey<>(
            "ingest.max-document",
            KeyTypes.size("1B", "1GiB"),
            IngestConfig.DEFAULT.maxDocument(),
            config -> config.ingest().maxDocument(),
            BYTES,
            "Longest record; a longer one is rejected as TOO_LARGE.");
    static final ConfigKey<PrepareConfig, Double> MAX_REJECTED_SHARE = new ConfigKey<>(
            "ingest.max-rejected-share",
            KeyTypes.share("[0, 1]"),
            IngestConfig.DEFAULT.maxRejectedShare(),
            config -> config.ingest().maxRejectedShare(),
            RUN,
            "Share of the records that may be rejected; more ends with exit code 3.");
    static final ConfigKey<PrepareConfig, Long> MIN_CHARACTERS = new ConfigKey<>(
            "ingest.min-document-characters",
            KeyTypes.whole(0, Integer.MAX_VALUE),
            (long) IngestConfig.DEFAULT.minDocumentCharacters(),
            config -> (long) config.ingest().minDocumentCharacters(),
            BYTES,
            "Shortest text in code points; a shorter one is rejected as TOO_SHORT.");

    static final ConfigKey<PrepareConfig, Boolean> QUARANTINE = new ConfigKey<>(
            "ingest.quarantine",
            KeyTypes.flag(),
            IngestConfig.DEFAULT.quarantine(),
            config -> config.ingest().quarantine(),
            RUN,
            "Whether the bytes of rejected records are kept in the work folder, for repair.");

    static final ConfigKey<PrepareConfig, DeduplicationConfig.Exact> EXACT = new ConfigKey<>(
            "deduplication.exact",
            KeyTypes.choice(DeduplicationConfig.Exact.class),
            DeduplicationConfig.DEFAULT.exact(),
            config -> config.deduplication().exact(),
            BYTES,
            "Whether identical texts are removed; normalized ignores case, punctuation and white space.");
    static final ConfigKey<PrepareConfig, Boolean> NEAR = new ConfigKey<>(
            "deduplication.near.enabled",
            KeyTypes.flag(),
            NearConfig.DEFAULT.enabled(),
            config -> config.deduplication().near().enabled(),
            BYTES,
            "Whether near-duplicates are removed.");
    static final ConfigKey<PrepareConfig, NearConfig.Shingle> SHINGLE = new ConfigKey<>(
            "deduplication.near.shingle",
            KeyTypes.shingle(),
            NearConfig.DEFAULT.shingle(),
            config -> config.deduplication().near().shingle(),
            BYTES,
            "What is compared: auto (5 words, 5 characters in scripts without spaces), words:N or characters:N.");
    static final ConfigKey<PrepareConfig, Double> THRESHOLD = new ConfigKey<>(
            "deduplication.near.threshold",
            KeyTypes.share("(0, 1]"),
            NearConfig.DEFAULT.threshold(),
            config -> config.deduplication().near().threshold(),
            BYTES,
            "Smallest exact Jaccard similarity of a removed document with the kept one.");
    static final ConfigKey<PrepareConfig, Double> RECALL = new ConfigKey<>(
            "deduplication.near.recall",
            KeyTypes.share("(0, 1)"),
            NearConfig.DEFAULT.recall(),
            config -> config.deduplication().near().recall(),
            BYTES,
            "Share of the pairs at the threshold that must be found.");
    static final ConfigKey<PrepareConfig, Long> NEAR_SEED = new ConfigKey<>(
            "deduplication.near.seed",
            KeyTypes.whole(0, Long.MAX_VALUE),
            NearConfig.DEFAULT.seed(),
            config -> config.deduplication().near().seed(),
            BYTES,
            "Keys the permutations of the signatures.");
    static final ConfigKey<PrepareConfig, List<DeduplicationConfig.KeepRule>> KEEP = new ConfigKey<>(
            "deduplication.keep",
            KeyTypes.choices(DeduplicationConfig.KeepRule.class),
            DeduplicationConfig.DEFAULT.keep(),
            config -> config.deduplication().keep(),
            BYTES,
            "Which copy stays: an earlier rule wins, the id breaks ties.");
    static final ConfigKey<PrepareConfig, List<String>> AGAINST = new ConfigKey<>(
            "deduplication.against",
            KeyTypes.emptyList("deduplication against earlier datasets"),
            List.of(),
            config -> List.of(),
            BYTES,
            "Earlier datasets whose documents must not come again; not supported yet, so only an empty list.");

    static final ConfigKey<PrepareConfig, String> TOKENIZER = new ConfigKey<>(
            "tokenizer.path",
            KeyTypes.text(),
            "tokenizer.json",
            config -> config.tokenizer().path(),
            RUN,
            "The tokenizer's definition: a tokenizer.json, a .tiktoken, or a vocab.json beside its merges.txt; its"
                    + " content is part of the fingerprint, its place is not.");
    static final ConfigKey<PrepareConfig, EngineChoice> ENGINE = new ConfigKey<>(
            "tokenizer.engine",
            KeyTypes.choice(EngineChoice.class),
            EngineChoice.AUTO,
            config -> config.tokenizer().engine(),
            RUN,
            "Either reference, or fast: ours, where it covers the definition and, compared at the start, gives the"
                    + " reference engine's ids, else an error; auto is fast, else reference. All give the same ids.");
    static final ConfigKey<PrepareConfig, SpecialTokens> SPECIAL_TOKENS = new ConfigKey<>(
            "tokenizer.special-tokens",
            KeyTypes.choice(SpecialTokens.class),
            SpecialTokens.ORDINARY,
            config -> config.tokenizer().specialTokens(),
            BYTES,
            "What text that spells a special token becomes: ordinary text, the token, or a rejected document.");
    static final ConfigKey<PrepareConfig, String> APPEND = new ConfigKey<>(
            "tokenizer.append",
            KeyTypes.text(),
            "eos",
            config -> config.tokenizer().append(),
            BYTES,
            "Put after every document: eos, none, or the content of one special token.");

    static final ConfigKey<PrepareConfig, Long> SEQUENCE_LENGTH = new ConfigKey<>(
            "packing.sequence-length",
            KeyTypes.whole(2, 1 << 20),
            (long) PackingConfig.DEFAULT.sequenceLength(),
            config -> (long) config.packing().sequenceLength(),
            BYTES,
            "Tokens per row.");
    static final ConfigKey<PrepareConfig, PackingConfig.Mode> MODE = new ConfigKey<>(
            "packing.mode",
            KeyTypes.choice(PackingConfig.Mode.class),
            PackingConfig.DEFAULT.mode(),
            config -> config.packing().mode(),
            BYTES,
            "How documents share rows.");
    static final ConfigKey<PrepareConfig, Long> PACKING_SEED = new ConfigKey<>(
            "packing.seed",
            KeyTypes.whole(0, Long.MAX_VALUE),
            PackingConfig.DEFAULT.seed(),
            config -> config.packing().seed(),
            BYTES,
            "Keys the shuffle of the rows.");

    static final ConfigKey<PrepareConfig, DataSize> TARGET_SIZE = new ConfigKey<>(
            "shards.target-size",
            KeyTypes.size("1KiB", "16GiB"),
            ShardsConfig.DEFAULT.targetSize(),
            config -> config.shards().targetSize(),
            BYTES,
            "Size a shard should have.");
    static final ConfigKey<PrepareConfig, ShardsConfig.Archive> ARCHIVE = new ConfigKey<>(
            "shards.archive",
            KeyTypes.choice(ShardsConfig.Archive.class),
            ShardsConfig.DEFAULT.archive(),
            config -> config.shards().archive(),
            BYTES,
            "Second form of the rows beside the shards: parquet for SQL, none for training alone.");
    static final ConfigKey<PrepareConfig, Double> VALIDATION_SHARE = new ConfigKey<>(
            "shards.validation-share",
            KeyTypes.share("[0, 1)"),
            ShardsConfig.DEFAULT.validationShare(),
            config -> config.shards().validationShare(),
            BYTES,
            "Share of the documents that go to the split validation.");

    /** The keys of an entry of {@code input}. */
    static final List<ConfigKey<InputConfig, ?>> OF_INPUT = List.of(PATH, SOURCE, FORMAT, TEXT_FIELD, ID_FIELD);

    /** All other keys. */
    static final List<ConfigKey<PrepareConfig, ?>> OF_JOB = List.of(
            OUTPUT,
            WORK,
            MAX_DOCUMENT,
            MAX_REJECTED_SHARE,
            MIN_CHARACTERS,
            QUARANTINE,
            EXACT,
            NEAR,
            SHINGLE,
            THRESHOLD,
            RECALL,
            NEAR_SEED,
            KEEP,
            AGAINST,
            TOKENIZER,
            ENGINE,
            SPECIAL_TOKENS,
            APPEND,
            SEQUENCE_LENGTH,
            MODE,
            PACKING_SEED,
            TARGET_SIZE,
            ARCHIVE,
            VALIDATION_SHARE);

    private ConfigKeys() {}
}
