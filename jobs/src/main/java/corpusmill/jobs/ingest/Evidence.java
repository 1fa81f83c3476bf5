package corpusmill.jobs.ingest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What is kept of rejected bytes: their SHA-256 and, up to {@link #KEPT_BYTES}, the bytes themselves. */
final class Evidence {

    /** Longest rejected record that is kept for repair. */
    static final int KEPT_BYTES = 1 << 20;

    private static final byte[] NONE = {};

    private final String sha256;
    private final byte @Nullable [] raw;

    private Evidence(String sha256, byte @Nullable [] raw) {
        this.sha256 = sha256;
        this.raw = raw;
    }

    /** Of the bytes in [from, to). */
    static Evidence of(byte[] bytes, int from, int to) {
        MessageDigest digest = sha256Digest();
        digest.update(bytes, from, to - from);
        byte @Nullable [] raw = to - from <= KEPT_BYTES ? Arrays.copyOfRange(bytes, from, to) : null;
        return new Evidence(HexFormat.of().formatHex(digest.digest()), raw);
    }

    /** Of no bytes: what was lost cannot be read. */
    static Evidence none() {
        return of(NONE, 0, 0);
    }

    /** The same without the bytes: of what nobody will repair. */
    Evidence withoutBytes() {
        return new Evidence(sha256, null);
    }

    /** 64 lower-case hex digits. */
    String sha256() {
        return sha256;
    }

    /** The bytes; null when longer than {@link #KEPT_BYTES}. */
    byte @Nullable [] raw() {
        return raw;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Takes bytes of any number piece by piece, in memory of {@link #KEPT_BYTES} at most. */
    static final class Collector {

        private final MessageDigest digest = sha256Digest();
        private byte[] kept = NONE;
        private long length;

        void add(byte[] bytes, int from, int to) {
            digest.update(bytes, from, to - from);
            if (length + (to - from) <= KEPT_BYTES) {
                int size = (int) length;
                if (size + (to - from) > kept.length) {
                    kept = Arrays.copyOf(kept, Math.max(size + (to - from), Math.min(KEPT_BYTES, 2 * kept.length)));
                }
                System.arraycopy(bytes, from, kept, size, to - from);
            } else {
                kept = NONE;
            }
            length += to - from;
        }

        long length() {
            return length;
        }

        /** Call once. */
        Evidence finish() {
            byte @Nullable [] raw = length <= KEPT_BYTES ? Arrays.copyOf(kept, (int) length) : null;
            return new Evidence(HexFormat.of().formatHex(digest.digest()), raw);
        }
    }
}
