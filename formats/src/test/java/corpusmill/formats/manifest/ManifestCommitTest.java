package corpusmill.formats.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.ConfigException;
import corpusmill.formats.ConflictException;
import corpusmill.formats.SampleDataset;
import corpusmill.formats.StorageException;
import corpusmill.formats.shard.TokenType;
import corpusmill.formats.storage.ContentWriter;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.storage.StoredFile;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestCommitTest {

    private final Path directory;

    ManifestCommitTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private URI root;
    private URI manifestUri;
    private Storage storage;
    private Manifest manifest;

    @BeforeEach
    void make() {
        root = Storages.uri(directory.toString());
        manifestUri = Storages.resolve(root, "manifest.json");
        storage = Storages.open(root);
        manifest = SampleDataset.write(root, TokenType.UINT16).manifest();
    }

    private Manifest there() {
        return ManifestParser.parse(storage.readAll(manifestUri), "there");
    }

    private Manifest with(String fingerprint, String rootHash, String createdBy) {
        return new Manifest(
                manifest.format(),
                fingerprint,
                rootHash,
                "",
                createdBy,
                manifest.tokenType(),
                manifest.sequenceLength(),
                manifest.padId(),
                manifest.tokenizer(),
                manifest.packing(),
                manifest.shuffle(),
                manifest.splits(),
                manifest.sources(),
                manifest.ledger(),
                manifest.inputs(),
                manifest.meta(),
                manifest.checksums(),
                manifest.configuration());
    }

    @Test
    void publishesOnceAndThenFindsItself() {
        assertThat(ManifestCommit.publish(storage, root, manifest)).isEqualTo(PublishResult.PUBLISHED);
        byte[] first = storage.readAll(manifestUri);
        assertThat(ManifestCommit.publish(storage, root, manifest)).isEqualTo(PublishResult.ALREADY_THERE);
        assertThat(ManifestCommit.publish(storage, root, with(manifest.fingerprint(), manifest.rootHash(), "other")))
                .isEqualTo(PublishResult.ALREADY_THERE);
        assertThat(storage.readAll(manifestUri)).isEqualTo(first);
        assertThat(there().withCommitId("")).isEqualTo(manifest);
    }

    @Test
    void marksTheTextWithItsHash() throws Exception {
        ManifestCommit.publish(storage, root, manifest);
        String json = new String(storage.readAll(manifestUri), UTF_8);
        String bare = json.replace(there().commitId(), "");
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(bare.getBytes(UTF_8));
        assertThat(there().commitId()).isEqualTo(java.util.HexFormat.of().formatHex(hash, 0, 16));
    }

    @Test
    void refusesAnotherFingerprintAndLeavesWhatIsThere() {
        ManifestCommit.publish(storage, root, manifest);
        assertThatThrownBy(() -> ManifestCommit.publish(storage, root, with("ffffffffffff", manifest.rootHash(), "x")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("has the fingerprint 0123456789ab and this run made ffffffffffff")
                .hasMessageContaining("nothing was changed; choose another output");
        assertThat(there().withCommitId("")).isEqualTo(manifest);
    }

    @Test
    void refusesOtherBytesOfTheSameFingerprint() {
        ManifestCommit.publish(storage, root, manifest);
        assertThatThrownBy(
                        () -> ManifestCommit.publish(storage, root, with(manifest.fingerprint(), "0".repeat(64), "x")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("has the same fingerprint 0123456789ab but the root hash " + manifest.rootHash())
                .hasMessageContaining("please report it with both manifests");
    }

    @Test
    void refusesAPlaceThatHoldsSomethingElse() {
        storage.write(manifestUri, out -> out.write("{}".getBytes(UTF_8)));
        assertThatThrownBy(() -> ManifestCommit.publish(storage, root, manifest))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("something that is not a manifest of this format is at " + manifestUri);
    }

    @Test
    void refusesAManifestOf16KiB() {
        assertThatThrownBy(() -> ManifestCommit.publish(
                        storage, root, with(manifest.fingerprint(), manifest.rootHash(), "x".repeat(16_384))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must stay below 16384")
                .hasMessageContaining("give the job fewer sources");
        assertThat(storage.stat(manifestUri)).isEmpty();
    }

    @Test
    void succeedsWhenTheAnswerIsLostAfterTheFact() {
        Storage lossy = new Lossy(storage, true);
        assertThat(ManifestCommit.publish(lossy, root, manifest)).isEqualTo(PublishResult.PUBLISHED);
        assertThat(ManifestCommit.publish(lossy, root, with(manifest.fingerprint(), manifest.rootHash(), "other")))
                .isEqualTo(PublishResult.ALREADY_THERE);
        assertThatThrownBy(
                        () -> ManifestCommit.publish(lossy, root, with("ffffffffffff", manifest.rootHash(), "other")))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void failsWhenTheRequestIsLostBeforeTheFact() {
        assertThatThrownBy(() -> ManifestCommit.publish(new Lossy(storage, false), root, manifest))
                .isInstanceOf(StorageException.class)
                .hasMessage("no answer");
        assertThat(ManifestCommit.publish(storage, root, manifest)).isEqualTo(PublishResult.PUBLISHED);
    }

    @Test
    void letsOneOfEightRunsPublish() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<PublishResult>> runs = new ArrayList<>();
            for (int run = 0; run < 8; run++) {
                Manifest mine = with(manifest.fingerprint(), manifest.rootHash(), "run " + run);
                runs.add(() -> ManifestCommit.publish(storage, root, mine));
            }
            int published = 0;
            for (Future<PublishResult> result : pool.invokeAll(runs)) {
                published += result.get() == PublishResult.PUBLISHED ? 1 : 0;
            }
            assertThat(published).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    /** A store whose answers to a create get lost. */
    private static final class Lossy implements Storage {
        private static final long serialVersionUID = 1L;
        private final Storage inner;
        private final boolean reaches;

        Lossy(Storage inner, boolean reaches) {
            this.inner = inner;
            this.reaches = reaches;
        }

        @Override
        public boolean createIfAbsent(URI uri, byte[] content) {
            if (reaches) {
                inner.createIfAbsent(uri, content);
            }
            throw new StorageException("no answer");
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
        public Instant modified(StoredFile file) {
            return inner.modified(file);
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
        public String checksum(StoredFile file) {
            return inner.checksum(file);
        }
    }
}
