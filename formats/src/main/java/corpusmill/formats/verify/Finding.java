package corpusmill.formats.verify;

/**
 * Something that is not as it was written.
 *
 * @param kind what is wrong
 * @param path the file, relative to the root
 * @param sentence what was found, for a person
 */
public record Finding(Kind kind, String path, String sentence) {

    /** What can be wrong. */
    public enum Kind {
        /** A file is not there. */
        MISSING,
        /** A file ends too early. */
        TRUNCATED,
        /** A file has another size than was written. */
        WRONG_SIZE,
        /** The content is not what was written. */
        WRONG_CHECKSUM,
        /** A file is something else. */
        NOT_A_SHARD,
        /** A file was made by a newer version. */
        TOO_NEW,
        /** A shard's parts contradict each other or the manifest. */
        BAD_STRUCTURE,
        /** A token id is outside the vocabulary, or padding is not the padding id. */
        BAD_TOKEN,
        /** The manifest is not the text that was published. */
        MANIFEST_EDITED,
        /** The manifest cannot be read. */
        MANIFEST_UNREADABLE,
        /** The shards are not those the manifest was published with. */
        WRONG_ROOT_HASH,
        /** Counts of the manifest, the tables and the shards differ. */
        WRONG_COUNT,
        /** A table cannot be read. */
        BAD_TABLE,
        /** The store failed; nothing is known about the file. */
        UNREADABLE
    }
}
