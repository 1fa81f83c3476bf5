package corpusmill.formats.table;

import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A stored file as what Parquet reads from: ranges of at least {@link #CHUNK} bytes. */
final class StorageInputFile implements InputFile {

    private static final int CHUNK = 1 << 18;

    private final Storage storage;
    private final StoredFile file;

    StorageInputFile(Storage storage, StoredFile file) {
        this.storage = storage;
        this.file = file;
    }

    @Override
    public long getLength() {
        return file.bytes();
    }

    @Override
    public SeekableInputStream newStream() {
        Ranges ranges = new Ranges();
        return new DelegatingSeekableInputStream(ranges) {
            @Override
            public long getPos() {
                return ranges.position;
            }

            @Override
            public void seek(long position) {
                ranges.position = position;
            }
        };
    }

    private final class Ranges extends InputStream {
        private long position;
        private long chunkStart;
        private byte[] chunk = new byte[0];

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position < 0 || position >= file.bytes()) {
                return -1;
            }
            if (position < chunkStart || position >= chunkStart + chunk.length) {
                int want = (int) Math.min(Math.max(length, CHUNK), file.bytes() - position);
                chunk = storage.read(file.uri(), position, want);
                chunkStart = position;
            }
            int at = (int) (position - chunkStart);
            int count = Math.min(length, chunk.length - at);
            System.arraycopy(chunk, at, bytes, offset, count);
            position += count;
            return count;
        }
    }
}
