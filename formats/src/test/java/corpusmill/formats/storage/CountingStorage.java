package corpusmill.formats.storage;

import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store that keeps a list of the reading requests made of it. One thread. */
public final class CountingStorage implements Storage {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialised
    private final List<String> requests = new ArrayList<>();

    private final Storage storage;

    public CountingStorage(Storage storage) {
        this.storage = storage;
    }

    /** Paths asked for, one for each request. */
    public List<String> requests() {
        return requests;
    }

    private URI counted(URI uri) {
        requests.add(uri.getPath());
        return uri;
    }

    @Override
    public List<StoredFile> list(URI prefix) {
        return storage.list(counted(prefix));
    }

    @Override
    public Optional<StoredFile> stat(URI uri) {
        return storage.stat(counted(uri));
    }

    @Override
    public InputStream open(URI uri) {
        return storage.open(counted(uri));
    }

    @Override
    public byte[] read(URI uri, long offset, int length) {
        return storage.read(counted(uri), offset, length);
    }

    @Override
    public byte[] readAll(URI uri) {
        return storage.readAll(counted(uri));
    }

    @Override
    public void write(URI uri, ContentWriter content) {
        storage.write(uri, content);
    }

    @Override
    public boolean createIfAbsent(URI uri, byte[] content) {
        return storage.createIfAbsent(uri, content);
    }

    @Override
    public void delete(URI uri) {
        storage.delete(uri);
    }

    @Override
    public Instant modified(StoredFile file) {
        return storage.modified(file);
    }

    @Override
    public String checksum(StoredFile file) {
        return storage.checksum(file);
    }
}
