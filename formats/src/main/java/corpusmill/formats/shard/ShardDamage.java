package corpusmill.formats.shard;

/** A file is not the shard it should be. The message is a sentence that names the file. */
public final class ShardDamage extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** How a shard can be damaged. */
    public enum Kind {
        /** It never was a shard. */
        NOT_A_SHARD,
        /** It was written in a newer format. */
        TOO_NEW,
        /** It ends too early. */
        TRUNCATED,
        /** Its parts contradict each other. */
        CORRUPT
    }

    ShardDamage(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** How it is damaged. */
    public Kind kind() {
        return kind;
    }
}
