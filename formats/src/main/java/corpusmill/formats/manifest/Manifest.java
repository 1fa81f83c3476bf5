package corpusmill.formats.manifest;

import corpusmill.formats.shard.TokenType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The entry of a dataset: all a loader needs. Immutable; maps keep their order, which is the order of the JSON text. The
 * keys and their meaning stand in the format's specification, §2.
 *
 * @param format {@link #FORMAT}
 * @param fingerprint of inputs, configuration, tokenizer and format: 12 hex digits
 * @param rootHash of the shards: 64 hex digits, {@link RootHash}
 * @param commitId 32 hex digits of the text itself, or empty before it is published
 * @param createdBy program and version
 * @param tokenType how an id is stored
 * @param sequenceLength tokens per row, padding included
 * @param padId the id that fills rows
 * @param splits split name to its counts
 * @param sources mixture components
 * @param ledger stage name to its account
 * @param meta table name to its path, relative to the root
 * @param checksums path relative to the root to SHA-256, of every table and side file
 * @param configuration what changes bytes; values as in JSON: strings, whole numbers, doubles, booleans, lists, maps
 */
public record Manifest(
        String format,
        String fingerprint,
        String rootHash,
        String commitId,
        String createdBy,
        TokenType tokenType,
        int sequenceLength,
        int padId,
        TokenizerEntry tokenizer,
        PackingEntry packing,
        ShuffleEntry shuffle,
        Map<String, SplitEntry> splits,
        List<SourceEntry> sources,
        Map<String, LedgerEntry> ledger,
        InputsEntry inputs,
        Map<String, String> meta,
        Map<String, String> checksums,
        Map<String, Object> configuration) {

    /** The format this version writes. */
    public static final String FORMAT = "corpusmill/1";

    /** The manifest's name below the root. */
    public static final String NAME = "manifest.json";

    private static final Pattern SPLIT_NAME = Pattern.compile("[a-z0-9_-]+");

    /**
     * Checks what can be checked without the files.
     *
     * @throws IllegalArgumentException if a value cannot be; the message names the key
     */
    public Manifest {
        splits = Rules.copy(splits);
        sources = List.copyOf(sources);
        ledger = Rules.copy(ledger);
        meta = Rules.copy(meta);
        checksums = Rules.copy(checksums);
        configuration = Rules.copy(configuration);
        Rules.hex("fingerprint", fingerprint, 12);
        Rules.hex("root_hash", rootHash, 64);
        Rules.hex("commit_id", commitId, commitId.isEmpty() ? 0 : 32);
        Rules.range("sequence_length", sequenceLength, 1, 1 << 28);
        Rules.range("pad_id", padId, 0, tokenType.max());
        splits.forEach((name, split) -> {
            if (!SPLIT_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "a split's name must be of a-z, 0-9, - and _ but was '" + name + "'");
            }
            Rules.range(
                    "splits." + name + ".row_bytes",
                    split.rowBytes(),
                    (long) sequenceLength * tokenType.bytes(),
                    (long) sequenceLength * tokenType.bytes());
        });
        meta.forEach((name, path) -> Rules.path("meta." + name, path));
        checksums.forEach((path, sha256) -> {
            Rules.path("checksums", path);
            Rules.hex("checksums." + path, sha256, 64);
        });
    }

    /** The same with another commit id. */
    public Manifest withCommitId(String id) {
        return new Manifest(
                format,
                fingerprint,
                rootHash,
                id,
                createdBy,
                tokenType,
                sequenceLength,
                padId,
                tokenizer,
                packing,
                shuffle,
                splits,
                sources,
                ledger,
                inputs,
                meta,
                checksums,
                configuration);
    }
}
