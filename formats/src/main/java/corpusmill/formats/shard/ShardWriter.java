package corpusmill.formats.shard;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a shard front to back, without seeking. Not safe for concurrent use. Keeps the small columns in memory until
 * {@link #finish()}: 14 bytes a row and 4 bytes a document's piece.
 */
public final class ShardWriter implements AutoCloseable {

    private static final byte[] ZEROS = new byte[64];

    private final OutputStream out;
    private final ShardLayout layout;
    private final ShardDigest digest = new ShardDigest();
    private final IdRange ids;
    private final byte[] offsets;
    private final byte[] ends;
    private final byte[] first;
    private final byte[] valid;
    private final byte[] source;
    private int row;
    private int end;
    private long tokens;
    private boolean finished;

    /**
     * Starts a shard.
     *
     * @param out where it goes; not closed
     * @param layout what will be written
     */
    public ShardWriter(OutputStream out, ShardLayout layout) throws IOException {
        this.out = out;
        this.layout = layout;
        this.ids = new IdRange(layout.type());
        int rows = Math.toIntExact(layout.rows());
        this.offsets = new byte[Math.multiplyExact(4, rows + 1)];
        this.ends = new byte[4 * Math.toIntExact(layout.ends())];
        this.first = new byte[4 * rows];
        this.valid = new byte[4 * rows];
        this.source = new byte[2 * rows];
        emit(ShardMessages.header(layout));
    }

    /**
     * Writes the next row.
     *
     * @throws IllegalArgumentException if the row breaks a rule of the format
     * @throws IllegalStateException if the layout has no place for it
     */
    public void write(PackedSequence sequence) throws IOException {
        String broken = SequenceRules.broken(sequence, layout);
        if (broken != null) {
            throw new IllegalArgumentException("row " + row + " cannot be written: " + broken);
        }
        if (row == layout.rows() || end + sequence.ends().length > layout.ends()) {
            throw new IllegalStateException("a shard of " + layout.rows() + " rows with " + layout.ends()
                    + " document ends has no place for row " + row + " with " + sequence.ends().length
                    + " ends after " + end);
        }
        int least = ids.add(sequence.tokens());
        if (least < 0) {
            throw new IllegalArgumentException("row " + row + " cannot be written: it holds the negative id " + least);
        }
        emit(sequence.tokens());
        for (int value : sequence.ends()) {
            LittleEndian.INT.set(ends, 4 * end++, value);
        }
        LittleEndian.INT.set(first, 4 * row, sequence.first());
        LittleEndian.INT.set(valid, 4 * row, sequence.valid());
        LittleEndian.SHORT.set(source, 2 * row, (short) sequence.source());
        row++;
        LittleEndian.INT.set(offsets, 4 * row, end);
        tokens += sequence.valid();
    }

    /**
     * Writes what follows the tokens.
     *
     * @throws IllegalStateException if the rows written are not those of the layout
     */
    public ShardSummary finish() throws IOException {
        if (finished) {
            throw new IllegalStateException("the shard is already finished");
        }
        if (row != layout.rows() || end != layout.ends()) {
            throw new IllegalStateException("a shard of " + layout.rows() + " rows with " + layout.ends()
                    + " document ends got " + row + " rows with " + end);
        }
        finished = true;
        emitColumn(offsets, layout.offsetsOffset());
        emitColumn(ends, layout.endsOffset());
        emitColumn(first, layout.firstOffset());
        emitColumn(valid, layout.validOffset());
        emitColumn(source, layout.sourceOffset());
        pad(layout.bodyBytes());
        emit(ShardMessages.trailer(layout));
        out.flush();
        long all = layout.rows() * layout.sequenceLength();
        return new ShardSummary(
                row, tokens, all - tokens, digest.bytes(), digest.sha256(), digest.crc64nvme(), ids.min(), ids.max());
    }

    /**
     * The index for Megatron of the shard.
     *
     * @throws IllegalStateException before {@link #finish()}
     */
    public byte[] megatronIndex() {
        if (!finished || row != layout.rows()) {
            throw new IllegalStateException("the shard is not finished");
        }
        return MegatronIndex.of(layout, valid);
    }

    private void emitColumn(byte[] column, long offset) throws IOException {
        pad(offset);
        emit(column);
    }

    /** Zeros up to an offset in the body. */
    private void pad(long offset) throws IOException {
        int missing = (int) (ShardLayout.TOKEN_OFFSET + offset - digest.bytes());
        digest.update(ZEROS, 0, missing);
        out.write(ZEROS, 0, missing);
    }

    private void emit(byte[] bytes) throws IOException {
        digest.update(bytes, 0, bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    /** Leaves the shard; without {@link #finish()} before, what was written is not a shard. */
    @Override
    public void close() {
        finished = true;
    }
}
