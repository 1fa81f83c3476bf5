package corpusmill.formats.shard;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Both checksums of a shard, computed as its bytes pass. Not safe for concurrent use. */
public final class ShardDigest {

    private final MessageDigest sha256;
    private final Crc64Nvme crc = new Crc64Nvme();
    private long bytes;

    /** Starts with no bytes. */
    public ShardDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Takes the next bytes. */
    public void update(byte[] content, int offset, int length) {
        sha256.update(content, offset, length);
        crc.update(content, offset, length);
        bytes += length;
    }

    /** Bytes taken. */
    public long bytes() {
        return bytes;
    }

    /** The SHA-256, 64 hex digits. Afterwards the digest takes no more bytes. */
    public String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** The CRC-64/NVME, 16 hex digits. */
    public String crc64nvme() {
        return HexFormat.of().toHexDigits(crc.value());
    }
}
