package corpusmill.formats.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.StorageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest extends StorageContract {

    private static final int WRITERS = 8;
    private static final int KEYS = 200;

    LocalStorageTest(@TempDir Path directory) {
        super(directory);
    }

    @Override
    Storage storage() {
        return new LocalStorage();
    }

    @Test
    void createsAFileOnlyOnce() {
        assertThat(storage().createIfAbsent(at("new/once"), "first".getBytes(UTF_8)))
                .isTrue();
        assertThat(storage().createIfAbsent(at("new/once"), "second".getBytes(UTF_8)))
                .isFalse();
        assertThat(storage().readAll(at("new/once"))).isEqualTo("first".getBytes(UTF_8));
        assertThat(storage().list(at("new"))).hasSize(1);
    }

    @Test
    void letsExactlyOneOfEightWritersWin() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int key = 0; key < KEYS; key++) {
                race(pool, at("race/" + key));
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(storage().list(at("race"))).hasSize(KEYS);
    }

    private void race(ExecutorService pool, URI uri) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            byte[] content = ("writer " + writer).repeat(100).getBytes(UTF_8);
            writers.add(() -> {
                start.await();
                return storage().createIfAbsent(uri, content);
            });
        }
        int winner = -1;
        List<Future<Boolean>> results = pool.invokeAll(writers);
        for (int writer = 0; writer < WRITERS; writer++) {
            if (results.get(writer).get()) {
                assertThat(winner).as("an earlier winner").isNegative();
                winner = writer;
            }
        }
        assertThat(new String(storage().readAll(uri), UTF_8)).isEqualTo(("writer " + winner).repeat(100));
    }

    @Test
    void writesPiecesOfEverySizeAroundItsBuffer() {
        byte[] content = new byte[(1 << 20) + 17];
        new Random(3).nextBytes(content);
        for (int piece : new int[] {1, 4095, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, content.length}) {
            storage().write(at("pieces"), out -> {
                for (int from = 0; from < content.length; from += piece) {
                    out.write(content[from]);
                    out.write(content, from + 1, Math.min(piece, content.length - from) - 1);
                }
            });
            assertThat(storage().readAll(at("pieces"))).isEqualTo(content);
        }
    }

    @Test
    void writesAFileWhileItWritesAnother() {
        storage().write(at("outer"), out -> {
            out.write("out".getBytes(UTF_8));
            storage().write(at("inner"), in -> in.write("inner".getBytes(UTF_8)));
            out.write("er".getBytes(UTF_8));
        });
        assertThat(storage().readAll(at("outer"))).isEqualTo("outer".getBytes(UTF_8));
        assertThat(storage().readAll(at("inner"))).isEqualTo("inner".getBytes(UTF_8));
    }

    @Test
    void keepsNothingOfAWriteThatFailed() {
        assertThatThrownBy(() -> storage().write(at("failed"), out -> {
                    out.write("left over".getBytes(UTF_8));
                    throw new IOException("the source broke");
                }))
                .isInstanceOf(StorageException.class);
        assertThat(storage().list(at(""))).isEmpty();
        storage().write(at("next"), out -> out.write("next".getBytes(UTF_8)));
        assertThat(storage().readAll(at("next"))).isEqualTo("next".getBytes(UTF_8));
    }

    @Test
    void readsWithoutAScheme() {
        Path file = directory.resolve("plain");
        URI uri = URI.create(file.toString());
        storage().write(uri, out -> out.write(1));
        assertThat(storage().stat(uri)).isPresent();
        assertThat(Storages.open(uri)).isInstanceOf(LocalStorage.class);
    }

    @Test
    void saysThatASymbolicLinkLeadsNowhere() throws IOException {
        Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("gone"));
        assertThatThrownBy(() -> storage().list(at("")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot list");
    }

    @Test
    void followsASymbolicLink() throws IOException {
        Files.createDirectory(directory.resolve("real"));
        Files.writeString(directory.resolve("real/file"), "x");
        Files.createSymbolicLink(directory.resolve("alias"), directory.resolve("real"));
        assertThat(storage().list(at(""))).hasSize(2);
    }

    @Test
    void refusesAnotherMachinesFile() {
        assertThatThrownBy(() -> storage().readAll(URI.create("file://elsewhere/x")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("file://elsewhere/x")
                .hasMessageContaining("a local file is written file:///directory/name");
    }

    @Test
    void saysWhatFailsWhenTheParentIsAFile() throws IOException {
        Files.writeString(directory.resolve("file"), "x");
        assertThatThrownBy(() -> storage().write(at("file/below"), out -> {}))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot write")
                .hasMessageContaining("file/below")
                .hasMessageContaining("try again, and if that does not help check the store");
        assertThatThrownBy(() -> storage().createIfAbsent(at("file/below"), new byte[1]))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot create");
    }
}
