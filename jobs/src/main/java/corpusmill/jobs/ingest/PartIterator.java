package corpusmill.jobs.ingest;

import corpusmill.formats.StorageException;
import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.SourceFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The rows of some parts, read as they are asked for; behind the rows of each part its tally. One thread. */
final class PartIterator implements Iterator<IngestedBytes>, Closeable {

    private final Iterator<FilePart> parts;
    private final SourceStore store;
    private final RecordLimits limits;
    private final boolean keepsBytes;
    private final Queue<IngestedBytes> ready = new ArrayDeque<>();
    private @Nullable FilePart part;
    private @Nullable RecordReader reader;
    private @Nullable SourceStream source;
    private long textBytes; // of the part's documents so far

    PartIterator(List<FilePart> parts, SourceStore store, RecordLimits limits, boolean keepsBytes) {
        this.parts = parts.iterator();
        this.store = store;
        this.limits = limits;
        this.keepsBytes = keepsBytes;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty()) {
            if (part == null) {
                if (!parts.hasNext()) {
                    return false;
                }
                part = parts.next();
                reader = open(part);
                textBytes = 0;
            }
            advance(part);
        }
        return true;
    }

    @Override
    public IngestedBytes next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all parts are read");
        }
        return ready.remove();
    }

    private RecordReader open(FilePart opened) {
        SourceStream stream = store.open(opened.file());
        source = stream;
        return switch (opened.file().format()) {
            case "jsonl" -> JsonlReader.open(stream, opened, limits);
            case "text" -> TextReader.open(stream, limits);
            case "warc", "wet" -> WarcRecords.open(stream, opened.file().key(), limits);
            case "arrow" -> ArrowRecords.open(stream, opened.file(), limits);
            case "parquet" -> ParquetRecords.open(stream, opened, limits);
            default -> throw new IllegalStateException("no reader for the format of " + opened.file());
        };
    }

    /** How far the file that is open was read, in its own bytes; 0 when none is. */
    long position() {
        return source == null ? 0 : source.position();
    }

    private void advance(FilePart current) {
        RecordReader open = reader;
        if (open == null) {
            throw new IllegalStateException("closed while rows were read");
        }
        SourceFile file = current.file();
        try {
            if (!open.advance(new Rows(file))) {
                long id = DocumentId.of(file.index(), current.start());
                ready.add(IngestedBytes.of(Ingested.tally(id, file.source(), open.records(), textBytes)));
                close();
            }
        } catch (IOException e) {
            throw SourceStream.failure("reading", file.uri(), e);
        }
    }

    /** Closes the file that is open; the iterator may go on with the next part. */
    @Override
    public void close() {
        RecordReader open = reader;
        reader = null;
        source = null;
        part = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new StorageException("closing an input file failed: " + e.getMessage() + "; run again", e);
            }
        }
    }

    private final class Rows implements RecordSink {

        private final SourceFile file;

        Rows(SourceFile file) {
            this.file = file;
        }

        @Override
        public void document(long offset, long length, byte[] text, @Nullable String key) {
            textBytes += text.length;
            ready.add(IngestedBytes.document(DocumentId.of(file.index(), offset), file.source(), text, key, length));
        }

        @Override
        public void rejected(long offset, long length, RejectionReason reason, Evidence evidence) {
            long id = DocumentId.of(file.index(), offset);
            byte @Nullable [] raw = keepsBytes ? evidence.raw() : null;
            ready.add(IngestedBytes.of(
                    Ingested.rejected(id, file.source(), length, reason.name(), evidence.sha256(), raw)));
        }
    }
}
