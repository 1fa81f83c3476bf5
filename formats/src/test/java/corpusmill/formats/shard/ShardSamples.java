package corpusmill.formats.shard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Rows and shards for tests. */
public final class ShardSamples {

    /** The id that fills rows. */
    public static final int PAD = 0;

    private ShardSamples() {}

    /** A row of random documents; one in four is padded. */
    public static PackedSequence row(Random random, int length, TokenType type, int vocabulary) {
        int valid = random.nextInt(4) == 0 ? random.nextInt(length) : length;
        TreeSet<Integer> ends = new TreeSet<>();
        for (int cut = random.nextInt(4); cut > 0 && valid > 1; cut--) {
            ends.add(1 + random.nextInt(valid - 1));
        }
        if (valid > 0) {
            ends.add(valid);
        }
        ends.add(length);
        byte[] tokens = new byte[length * type.bytes()];
        for (int at = 0; at < length; at++) {
            set(tokens, at, at < valid ? 1 + random.nextInt(vocabulary - 1) : PAD, type);
        }
        int[] boundaries = ends.stream().mapToInt(Integer::intValue).toArray();
        return new PackedSequence(
                tokens, boundaries, random.nextInt(3) == 0 ? random.nextInt(1000) : 0, valid, random.nextInt(3));
    }

    /** Writes an id into little-endian tokens. */
    public static void set(byte[] tokens, int index, int id, TokenType type) {
        for (int at = 0; at < type.bytes(); at++) {
            tokens[index * type.bytes() + at] = (byte) (id >>> (8 * at));
        }
    }

    /** Random rows. */
    public static List<PackedSequence> rows(long seed, int count, int length, TokenType type, int vocabulary) {
        Random random = new Random(seed);
        List<PackedSequence> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(row(random, length, type, vocabulary));
        }
        return rows;
    }

    /** The layout of rows. */
    public static ShardLayout layout(List<PackedSequence> rows, TokenType type) {
        int length = rows.get(0).tokens().length / type.bytes();
        return new ShardLayout(
                length,
                type,
                rows.size(),
                rows.stream().mapToInt(row -> row.ends().length).sum());
    }

    /** A shard and what its writer said of it. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    public record Written(byte[] bytes, ShardSummary summary) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Written that && Arrays.equals(bytes, that.bytes) && summary.equals(that.summary);
        }

        @Override
        public int hashCode() {
            return summary.hashCode();
        }
    }

    /** Writes a shard. */
    public static Written write(List<PackedSequence> rows, TokenType type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ShardWriter writer = new ShardWriter(out, layout(rows, type))) {
            for (PackedSequence row : rows) {
                writer.write(row);
            }
            ShardSummary summary = writer.finish();
            return new Written(out.toByteArray(), summary);
        }
    }
}
