package corpusmill.formats.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.TokenType;
import corpusmill.formats.table.StreamOutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as Parquet, by pages: ids PLAIN, levels as runs, a page a column and row group. The library's writer of
 * records takes each id through several calls. The bytes follow from the rows and the versions of the libraries of
 * Parquet and zstd. Not safe for concurrent use. Holds one row group: {@value #GROUP_ROWS} rows, or as many as
 * {@value #GROUP_BYTES} bytes of ids take, 4 bytes each.
 */
public final class ArchiveWriter implements AutoCloseable {

    /** Rows of a row group, but the last of a file. */
    static final int GROUP_ROWS = 512;

    /** Bytes of ids in a row group at most, or one row. */
    static final int GROUP_BYTES = 16 << 20;

    private static final int LEVEL = 3;

    private final int length;
    private final TokenType type;
    private final int groupRows;
    private final MessageType schema;
    private final ParquetFileWriter file;
    private final ZstdCompressCtx zstd;
    private final boolean compressed;
    private final PlainInts tokens;
    private final LevelRuns tokenRepetitions = new LevelRuns();
    private final LevelRuns endRepetitions = new LevelRuns();
    private final PlainInts first;
    private final PlainInts valid;
    private final PlainInts source;
    private final PlainInts ends = new PlainInts(1 << 10);
    private int rows;

    /**
     * Starts a file.
     *
     * @param out where it goes; not closed
     * @param length ids in a row
     * @param type of an id
     * @param compressed by zstd, or not at all
     */
    public ArchiveWriter(OutputStream out, int length, TokenType type, boolean compressed) throws IOException {
        this.length = length;
        this.type = type;
        this.compressed = compressed;
        this.groupRows = Math.max(1, Math.min(GROUP_ROWS, GROUP_BYTES / (Integer.BYTES * length)));
        this.schema = ArchiveSchema.of(type);
        this.tokens = new PlainInts(length * groupRows);
        this.first = new PlainInts(groupRows);
        this.valid = new PlainInts(groupRows);
        this.source = new PlainInts(groupRows);
        this.file = new ParquetFileWriter(
                new StreamOutputFile(out),
                schema,
                ParquetFileWriter.Mode.CREATE,
                Long.MAX_VALUE,
                0,
                Integer.BYTES,
                Integer.BYTES,
                true);
        file.start();
        this.zstd = new ZstdCompressCtx().setLevel(LEVEL);
    }

    /**
     * Writes the next row.
     *
     * @throws IllegalArgumentException if it has another length
     */
    public void write(PackedSequence row) throws IOException {
        if (row.tokens().length != length * type.bytes()) {
            throw new IllegalArgumentException(
                    "a row must have " + (long) length * type.bytes() + " bytes of ids but has " + row.tokens().length);
        }
        tokens.addAll(row.tokens(), type);
        tokenRepetitions.add(0, 1);
        tokenRepetitions.add(1, length - 1);
        addEnds(row.ends());
        first.add(row.first());
        valid.add(row.valid());
        source.add(row.source());
        rows++;
        if (rows == groupRows) {
            flush();
        }
    }

    private void addEnds(int[] values) {
        for (int end : values) {
            ends.add(end);
        }
        endRepetitions.add(0, 1);
        endRepetitions.add(1, values.length - 1);
    }

    private void flush() throws IOException {
        if (rows == 0) {
            return;
        }
        List<ColumnDescriptor> columns = schema.getColumns();
        file.startBlock(rows);
        page(columns.get(0), tokens, tokenRepetitions);
        page(columns.get(1), ends, endRepetitions);
        page(columns.get(2), first, null);
        page(columns.get(3), valid, null);
        page(columns.get(4), source, null);
        file.endBlock();
        rows = 0;
    }

    @SuppressWarnings("deprecation") // the form that replaces it is not in the Parquet of Spark 4.0
    private void page(ColumnDescriptor column, PlainInts values, @Nullable LevelRuns runs) throws IOException {
        int count = values.count();
        BytesInput content = compressed ? compress(values) : BytesInput.from(values.bytes(), 0, values.size());
        file.startColumn(column, count, compressed ? CompressionCodecName.ZSTD : CompressionCodecName.UNCOMPRESSED);
        LevelRuns definitions = new LevelRuns();
        if (runs != null) {
            definitions.add(1, count);
        }
        file.writeDataPageV2(
                rows,
                0,
                count,
                BytesInput.from(runs == null ? new byte[0] : runs.toBytes()),
                BytesInput.from(definitions.toBytes()),
                Encoding.PLAIN,
                content,
                values.size(),
                Statistics.createStats(column.getPrimitiveType()));
        file.endColumn();
        values.clear();
        if (runs != null) {
            runs.clear();
        }
    }

    private BytesInput compress(PlainInts values) {
        byte[] content = new byte[Math.toIntExact(Zstd.compressBound(values.size()))];
        int size = zstd.compressByteArray(content, 0, content.length, values.bytes(), 0, values.size());
        return BytesInput.from(content, 0, size);
    }

    /** Writes the rows that wait and the footer; only then the file is whole. */
    @Override
    public void close() throws IOException {
        try (zstd) {
            flush();
            file.end(Map.of());
        }
    }
}
