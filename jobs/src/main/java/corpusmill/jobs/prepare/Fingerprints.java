package corpusmill.jobs.prepare;

import corpusmill.formats.manifest.Manifest;
import corpusmill.jobs.flow.SourceFile;
import corpusmill.jobs.ingest.InputListing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/**
 * What each stage's result depends on, as 12 hexadecimal digits: the fingerprint of the stage before and the keys that
 * change its own bytes. A key that is changed invalidates exactly the stages behind it. No place, no time.
 *
 * @param ingest of the documents
 * @param exact of the removals of identical texts
 * @param near of the evidence
 * @param pack of the packed rows
 * @param dataset of the shards
 */
record Fingerprints(String ingest, String exact, String near, String pack, String dataset) {

    /** The key of the earlier datasets. */
    static final String EARLIER = "deduplication.against";

    private static final int DIGITS = 12;

    /** Raised whenever this program makes other bytes of the same input and configuration, so that no old result stays. */
    private static final int REVISION = 4;

    /**
     * Computes them all.
     *
     * @param values the keys of the job file that change bytes, {@link #EARLIER} as fingerprints
     * @param framing the tokenizer and the ids it puts around texts
     */
    static Fingerprints of(SortedMap<String, Object> values, InputListing input, Framing framing) {
        StringBuilder files = new StringBuilder(Manifest.FORMAT + "." + REVISION);
        for (SourceFile file : input.files()) {
            files.append('\n')
                    .append(String.join(
                            "\t",
                            file.name(),
                            Long.toString(file.bytes()),
                            file.checksum(),
                            input.sources().get(file.source()),
                            file.format(),
                            file.text(),
                            file.key()));
        }
        if (input.first() > 0) { // ids hold it
            files.append("\nfirst file ").append(input.first());
        }
        String ingest = hash(files.toString(), values, "ingest.");
        String against = String.valueOf(values.get(EARLIER));
        String exact = hash(
                against.equals("[]") ? ingest : ingest + " " + against,
                values,
                "deduplication.exact",
                "deduplication.keep",
                "deduplication.near.shingle");
        String near = hash(exact, values, "deduplication.");
        String pack = hash(
                near + " " + framing,
                values,
                "tokenizer.",
                "packing.mode",
                "packing.sequence-length",
                "shards.validation-share");
        return new Fingerprints(ingest, exact, near, pack, hash(pack, values, ""));
    }

    /**
     * What of the tokenizer changes bytes; the ids are not in its own fingerprint, since they may come from the file
     * beside it.
     *
     * @param tokenizer fingerprint of the definition
     * @param append ids put after every document
     * @param padId id that fills rows
     */
    record Framing(String tokenizer, List<Integer> append, int padId) {}

    private static String hash(String before, SortedMap<String, Object> values, String... prefixes) {
        StringBuilder text = new StringBuilder(before);
        values.forEach((key, value) -> {
            if (Arrays.stream(prefixes).anyMatch(key::startsWith)) {
                text.append('\n').append(key).append('=').append(value);
            }
        });
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
