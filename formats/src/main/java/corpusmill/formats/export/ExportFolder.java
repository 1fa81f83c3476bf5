package corpusmill.formats.export;

import corpusmill.formats.storage.ContentWriter;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;

/** Where an export goes; counts what it is given. One thread. */
final class ExportFolder {

    private final Storage storage;
    private final URI root;
    private long files;
    private long bytes;

    ExportFolder(Storage storage, URI root) {
        this.storage = storage;
        this.root = root;
    }

    /** Writes a file, whole or not at all. */
    void write(String path, ContentWriter content) {
        storage.write(Storages.resolve(root, path), out -> {
            Counting counting = new Counting(out);
            content.writeTo(counting);
            counting.flush();
            bytes += counting.count;
        });
        files++;
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] content, int offset, int length) throws IOException {
            out.write(content, offset, length);
            count += length;
        }
    }
}
