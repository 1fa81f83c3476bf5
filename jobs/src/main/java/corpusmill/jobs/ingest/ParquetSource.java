package corpusmill.jobs.ingest;

import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** An opened file as the Parquet reader wants it. */
record ParquetSource(SourceStream source) implements InputFile {

    @Override
    public long getLength() {
        return source.length();
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream(source);
    }

    private static final class Stream extends DelegatingSeekableInputStream {

        private final SourceStream source;

        Stream(SourceStream source) {
            super(source);
            this.source = source;
        }

        @Override
        public long getPos() {
            return source.position();
        }

        @Override
        public void seek(long position) {
            source.seek(position);
        }

        @Override
        public void close() {
            // The Parquet reader closes what it cannot open; its owner still has to tell what the file is.
        }
    }
}
