package corpusmill.formats.shard;

import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.StoredFile;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a shard by ranges. Safe for concurrent use. */
public final class ShardReader {

    private static final int CHUNK_BYTES = 1 << 20;

    private final Storage storage;
    private final StoredFile file;
    private final ShardLayout layout;
    private volatile byte @Nullable [] columns;

    private ShardReader(Storage storage, StoredFile file, ShardLayout layout) {
        this.storage = storage;
        this.file = file;
        this.layout = layout;
    }

    /**
     * Opens a shard: reads header and footer and checks that both say the same.
     *
     * @throws DamagedDatasetException if it is missing, not a shard, too new, truncated or corrupt
     */
    public static ShardReader open(Storage storage, URI uri) {
        StoredFile file = storage.stat(uri)
                .orElseThrow(() -> new DamagedDatasetException(
                        "the shard " + uri + " is missing; run verify, and fetch the dataset again"));
        try {
            return open(storage, file);
        } catch (ShardDamage e) {
            throw new DamagedDatasetException(e.getMessage() + "; run verify, and fetch the file again", e);
        }
    }

    /**
     * Opens a shard, telling kinds of damage apart.
     *
     * @throws ShardDamage if it is not a shard, too new, truncated or corrupt
     */
    public static ShardReader open(Storage storage, StoredFile file) throws ShardDamage {
        return new ShardReader(storage, file, new ShardStructure(storage, file).layout());
    }

    /**
     * What the header of a shard says, by one request; footer and rows are not looked at.
     *
     * @throws ShardDamage if it is not a shard, too new, truncated or corrupt
     */
    public static ShardLayout peek(Storage storage, StoredFile file) throws ShardDamage {
        return new ShardStructure(storage, file).headerLayout();
    }

    /** Where everything lies. */
    public ShardLayout layout() {
        return layout;
    }

    /** Size of the file. */
    public long bytes() {
        return file.bytes();
    }

    /**
     * A row.
     *
     * @throws IllegalArgumentException if there is no such row
     * @throws DamagedDatasetException if the row breaks a rule of the format
     */
    public PackedSequence row(long index) {
        return rows(index, 1).get(0);
    }

    /**
     * Rows that follow each other, by one request.
     *
     * @throws IllegalArgumentException if there are no such rows
     * @throws DamagedDatasetException if one breaks a rule of the format
     */
    public List<PackedSequence> rows(long first, int count) {
        byte[] all = tokens(first, count);
        int rowBytes = layout.rowBytes();
        List<PackedSequence> rows = new ArrayList<>(count);
        try {
            for (int row = 0; row < count; row++) {
                rows.add(row(first + row, Arrays.copyOfRange(all, row * rowBytes, (row + 1) * rowBytes)));
            }
            return rows;
        } catch (ShardDamage e) {
            throw new DamagedDatasetException(e.getMessage() + "; run verify, and fetch the file again", e);
        }
    }

    /** Takes rows as they come. */
    @FunctionalInterface
    public interface RowConsumer {
        /**
         * The next row.
         *
         * @param index within the shard or the split that is read
         * @throws IOException if it cannot be taken, which ends the reading
         */
        void accept(long index, PackedSequence row) throws IOException;
    }

    /**
     * Hands over rows in their order, reading {@value #CHUNK_BYTES} bytes of tokens at a time, or a row.
     *
     * @param from first row
     * @param to row behind the last
     * @throws DamagedDatasetException if one breaks a rule of the format
     */
    public void forEach(long from, long to, RowConsumer each) throws IOException {
        long most = Math.max(1, CHUNK_BYTES / layout.rowBytes());
        for (long first = from; first < to; first += most) {
            long row = first;
            for (PackedSequence sequence : rows(first, (int) Math.min(most, to - first))) {
                each.accept(row++, sequence);
            }
        }
    }

    /** The tokens of rows that follow each other, little-endian. */
    public byte[] tokens(long first, int rows) {
        if (first < 0 || rows < 0 || first + rows > layout.rows()) {
            throw new IllegalArgumentException("rows must be in [0, " + layout.rows() + ") but were " + first + " to "
                    + (first + rows) + " in " + file.uri());
        }
        int rowBytes = layout.rowBytes();
        return storage.read(file, ShardLayout.TOKEN_OFFSET + first * rowBytes, Math.multiplyExact(rows, rowBytes));
    }

    /**
     * A row whose tokens are known.
     *
     * @throws ShardDamage if it breaks a rule of the format
     */
    public PackedSequence row(long index, byte[] tokens) throws ShardDamage {
        byte[] small = columns();
        int row = Math.toIntExact(index);
        int start = (int) LittleEndian.INT.get(small, 4 * row);
        int end = (int) LittleEndian.INT.get(small, 4 * row + 4);
        boolean lastEndsWell = row + 1 < layout.rows() || end == layout.ends();
        if (start < 0 || start > end || end > layout.ends() || (row == 0 && start != 0) || !lastEndsWell) {
            throw corrupt(index, "the offsets of doc_ends are " + start + " and " + end + " of " + layout.ends());
        }
        int[] ends = new int[end - start];
        for (int at = 0; at < ends.length; at++) {
            ends[at] = intAt(small, layout.endsOffset(), start + at);
        }
        PackedSequence sequence = new PackedSequence(
                tokens,
                ends,
                intAt(small, layout.firstOffset(), row),
                intAt(small, layout.validOffset(), row),
                (short) LittleEndian.SHORT.get(small, at(layout.sourceOffset()) + 2 * row) & 0xffff);
        String broken = SequenceRules.broken(sequence, layout);
        if (broken != null) {
            throw corrupt(index, broken);
        }
        return sequence;
    }

    /** The index for Megatron that belongs to the shard. */
    public byte[] megatronIndex() {
        byte[] small = columns();
        int from = at(layout.validOffset());
        return MegatronIndex.of(layout, Arrays.copyOfRange(small, from, from + 4 * Math.toIntExact(layout.rows())));
    }

    private ShardDamage corrupt(long row, String what) {
        return new ShardDamage(
                ShardDamage.Kind.CORRUPT, "the shard " + file.uri() + " is corrupt in row " + row + ": " + what);
    }

    private int intAt(byte[] small, long column, int index) {
        return (int) LittleEndian.INT.get(small, at(column) + 4 * index);
    }

    /** Where a column starts in the small columns. */
    private int at(long column) {
        return (int) (column - layout.offsetsOffset());
    }

    /** Everything of the body behind the tokens. */
    private byte[] columns() {
        byte[] read = columns;
        if (read == null) {
            long from = layout.offsetsOffset();
            read = storage.read(file, ShardLayout.TOKEN_OFFSET + from, Math.toIntExact(layout.bodyBytes() - from));
            columns = read;
        }
        return read;
    }
}
