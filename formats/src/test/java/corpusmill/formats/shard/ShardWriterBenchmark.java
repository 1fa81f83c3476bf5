package corpusmill.formats.shard;

import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;

/**
 * What a core does in a second, in GB of tokens: CPU time of this thread, the best of nine. Started by hand:
 * {@code java -cp CLASSPATH corpusmill.formats.shard.ShardWriterBenchmark}.
 */
final class ShardWriterBenchmark {

    private static final int LENGTH = 4096;
    private static final int ROWS = 4096;

    /** Written so that no digest is dead code. */
    @SuppressWarnings("UnusedVariable")
    private static volatile long consumed;

    private interface Work {
        void run() throws IOException;
    }

    private ShardWriterBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("shard-writer-benchmark");
        URI uri = folder.resolve("tokens.arrow").toUri();
        Storage storage = Storages.open(uri);
        for (TokenType type : TokenType.values()) {
            PackedSequence[] rows = rows(type);
            System.out.println(type);
            long shard = report("shard to nowhere", type, () -> write(OutputStream.nullOutputStream(), type, rows));
            long digests = report("SHA-256 and CRC-64", type, () -> digest(rows));
            print("shard without digests, the difference", type, shard - digests);
            report("SHA-256 alone", type, () -> sha256(rows));
            report("CRC-64 alone", type, () -> crc(rows));
            report("shard to a file", type, () -> storage.write(uri, out -> write(out, type, rows)));
            report(
                    "bytes to a file, no shard",
                    type,
                    () -> storage.write(uri, out -> {
                        for (PackedSequence row : rows) {
                            out.write(row.tokens());
                        }
                    }));
        }
        storage.delete(uri);
        Files.delete(folder);
    }

    private static void digest(PackedSequence[] rows) {
        ShardDigest digest = new ShardDigest();
        for (PackedSequence row : rows) {
            digest.update(row.tokens(), 0, row.tokens().length);
        }
        consumed = (long) digest.sha256().length() + digest.crc64nvme().length();
    }

    private static void sha256(PackedSequence[] rows) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (PackedSequence row : rows) {
                digest.update(row.tokens());
            }
            consumed = digest.digest()[0];
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void crc(PackedSequence[] rows) {
        Crc64Nvme crc = new Crc64Nvme();
        for (PackedSequence row : rows) {
            crc.update(row.tokens(), 0, row.tokens().length);
        }
        consumed = crc.value();
    }

    private static PackedSequence[] rows(TokenType type) {
        Random random = new Random(1);
        PackedSequence[] rows = new PackedSequence[ROWS];
        for (int row = 0; row < ROWS; row++) {
            byte[] tokens = new byte[LENGTH * type.bytes()];
            for (int at = 0; at < tokens.length; at += type.bytes()) {
                tokens[at] = (byte) random.nextInt();
                tokens[at + 1] = (byte) random.nextInt();
            }
            rows[row] = new PackedSequence(tokens, new int[] {700, 1900, 3000, LENGTH}, 0, LENGTH, 0);
        }
        return rows;
    }

    private static void write(OutputStream out, TokenType type, PackedSequence[] rows) {
        try (ShardWriter writer = new ShardWriter(out, new ShardLayout(LENGTH, type, ROWS, 4L * ROWS))) {
            for (PackedSequence row : rows) {
                writer.write(row);
            }
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long report(String name, TokenType type, Work work) throws IOException {
        long[] nanos = new long[9];
        for (int run = 0; run < nanos.length; run++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run();
            nanos[run] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(nanos);
        print(name, type, nanos[0]);
        return nanos[0];
    }

    private static void print(String name, TokenType type, long nanos) {
        System.out.printf("%-40s %5.2f GB/s%n", name, (double) ROWS * LENGTH * type.bytes() / nanos);
    }
}
