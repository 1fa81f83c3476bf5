package corpusmill.formats.export;

import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.shard.PackedSequence;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * datatrove's tokenised files, one of each kind a shard: {@code .ds} with the ids and nothing else, {@code .ds.index}
 * with the exclusive end of every piece of a document as uint64, {@code .ds.metadata} with tokenizer, width and count.
 * Padding is left out.
 */
final class DatatroveExport implements SplitExport {

    @Override
    public void write(Dataset dataset, String split, ExportFolder out) throws IOException {
        SplitEntry entry = Objects.requireNonNull(dataset.manifest().splits().get(split));
        for (int shard = 0; shard < entry.shards(); shard++) {
            long from = shard * entry.rowsPerShard();
            long to = from + entry.rowsOf(shard);
            String name = String.format(Locale.ROOT, "%s/%05d_tokens.ds", split, shard);
            Ends ends = new Ends();
            out.write(name, stream -> {
                OutputStream buffered = new BufferedOutputStream(stream, 1 << 18);
                int width = dataset.manifest().tokenType().bytes();
                dataset.rows(split, from, to, (place, row) -> {
                    buffered.write(row.tokens(), 0, row.valid() * width);
                    ends.add(row);
                });
                buffered.flush();
            });
            out.write(name + ".index", ends.bytes::writeTo);
            byte[] metadata = metadata(dataset.manifest(), ends.tokens);
            out.write(name + ".metadata", stream -> stream.write(metadata));
        }
    }

    private static byte[] metadata(Manifest manifest, long tokens) {
        String text = manifest.tokenizer().name() + "|" + manifest.tokenType().bytes() + "\n" + tokens + "\n"
                + String.format(Locale.ROOT, "%.2f", tokens / 1e9) + " GT";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Exclusive ends of the pieces so far; 8 bytes each. */
    private static final class Ends {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        private long tokens;

        void add(PackedSequence row) {
            for (int end : row.ends()) {
                if (end <= row.valid()) {
                    bytes.write(number.putLong(0, tokens + end).array(), 0, 8);
                }
            }
            tokens += row.valid();
        }
    }
}
