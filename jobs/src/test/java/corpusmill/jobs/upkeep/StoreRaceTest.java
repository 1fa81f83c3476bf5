package corpusmill.jobs.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.StorageException;
import corpusmill.formats.storage.ContentWriter;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.storage.StoredFile;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreRaceTest {

    /** Looks before it writes, as stores do that only seem to create conditionally: a race has many winners. */
    private record LooksFirst(Storage inner, boolean refuses) implements Storage {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean createIfAbsent(URI uri, byte[] content) {
            if (refuses && inner.stat(uri).isPresent()) {
                return false;
            }
            LockSupport.parkNanos(100_000);
            inner.write(uri, out -> out.write(content));
            return true;
        }

        @Override
        public List<StoredFile> list(URI prefix) {
            return inner.list(prefix);
        }

        @Override
        public Optional<StoredFile> stat(URI uri) {
            return inner.stat(uri);
        }

        @Override
        public InputStream open(URI uri) {
            return inner.open(uri);
        }

        @Override
        public byte[] read(URI uri, long offset, int length) {
            return inner.read(uri, offset, length);
        }

        @Override
        public byte[] readAll(URI uri) {
            return inner.readAll(uri);
        }

        @Override
        public void write(URI uri, ContentWriter content) {
            inner.write(uri, content);
        }

        @Override
        public void delete(URI uri) {
            inner.delete(uri);
        }

        @Override
        public Instant modified(StoredFile file) {
            return inner.modified(file);
        }

        @Override
        public String checksum(StoredFile file) {
            return inner.checksum(file);
        }
    }

    @Test
    void findsOneWinnerOnAStoreThatKeepsWritersApartAndLeavesNothing(@TempDir Path folder) {
        Storage storage = Storages.open(folder.toUri());
        StoreRace.of(storage, folder.toUri()).run();
        assertThat(storage.list(folder.toUri())).isEmpty();
    }

    @Test
    void refusesAStoreThatLetsEveryWriterWin(@TempDir Path folder) {
        Storage storage = Storages.open(folder.toUri());
        assertThatThrownBy(() -> StoreRace.of(new LooksFirst(storage, false), folder.toUri())
                        .run())
                .isInstanceOf(StorageException.class)
                .hasMessage("the store of " + folder.toUri() + " let 8 of 8 writers create the same file in round 0,"
                        + " but exactly 1 may: two runs could both publish there; use a store with conditional writes"
                        + " (If-None-Match), a local directory or HDFS");
        assertThat(storage.list(folder.toUri())).isEmpty();
    }

    @Test
    void refusesAStoreThatKeepsWritersApartInSequenceOnly(@TempDir Path folder) {
        Storage looks = new LooksFirst(Storages.open(folder.toUri()), true);
        assertThat(looks.createIfAbsent(folder.toUri().resolve("x"), new byte[1]))
                .isTrue();
        assertThat(looks.createIfAbsent(folder.toUri().resolve("x"), new byte[1]))
                .isFalse();
        assertThatThrownBy(() -> new StoreRace(looks, folder.toUri(), 8, 200).run())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("two runs could both publish");
    }

    @Test
    void waitsForTheOtherWritersWhenOneFails(@TempDir Path folder) {
        Storage inner = Storages.open(folder.toUri());
        AtomicInteger running = new AtomicInteger();
        Storage slow = (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("createIfAbsent")) {
                        return method.invoke(inner, arguments);
                    }
                    running.incrementAndGet();
                    try {
                        if (new String((byte[]) arguments[1], StandardCharsets.UTF_8).equals("writer 0")) {
                            throw new StorageException("full");
                        }
                        long end = System.nanoTime() + 300_000_000;
                        while (System.nanoTime() < end) { // whatever interrupts it
                            LockSupport.parkNanos(10_000_000);
                        }
                        return method.invoke(inner, arguments);
                    } finally {
                        running.decrementAndGet();
                    }
                });
        assertThatThrownBy(() -> StoreRace.of(slow, folder.toUri()).run()).hasMessage("full");
        assertThat(running).hasValue(0);
        assertThat(inner.list(folder.toUri())).isEmpty();
    }
}
