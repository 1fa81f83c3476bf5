package corpusmill.formats.manifest;

import corpusmill.formats.shard.ShardEntry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The Merkle root over the shards of a dataset: two datasets hold the same sequences when it is equal. Leaves and nodes
 * are told apart by a byte in front, as in RFC 6962.
 */
public final class RootHash {

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private RootHash() {}

    /**
     * The root of shards in any order; they are ordered by split name and number.
     *
     * @return 64 hex digits
     */
    public static String of(List<ShardEntry> shards) {
        List<byte[]> level = new ArrayList<>();
        shards.stream()
                .sorted(Comparator.comparing(ShardEntry::split).thenComparingInt(ShardEntry::index))
                .forEach(shard -> level.add(
                        hash(LEAF, HexFormat.of().parseHex(shard.summary().sha256()))));
        return HexFormat.of().formatHex(level.isEmpty() ? sha256().digest() : fold(level));
    }

    private static byte[] fold(List<byte[]> leaves) {
        List<byte[]> level = leaves;
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int left = 0; left + 1 < level.size(); left += 2) {
                above.add(hash(NODE, level.get(left), level.get(left + 1)));
            }
            if (level.size() % 2 == 1) {
                above.add(level.get(level.size() - 1));
            }
            level = above;
        }
        return level.get(0);
    }

    private static byte[] hash(byte kind, byte[]... parts) {
        MessageDigest digest = sha256();
        digest.update(kind);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
