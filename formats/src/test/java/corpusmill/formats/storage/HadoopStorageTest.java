package corpusmill.formats.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.StorageException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over Hadoop's file system of local files. */
class HadoopStorageTest extends StorageContract {

    HadoopStorageTest(@TempDir Path directory) {
        super(directory);
    }

    @Override
    Storage storage() {
        return new HadoopStorage(Map.of());
    }

    @Test
    void refusesToCreateWhereTheStoreCannotDoSoForOneWriterOnly() {
        assertThatThrownBy(() -> storage().createIfAbsent(at("once"), new byte[1]))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(
                        "/once only if it is absent: the connector LocalFileSystem has no conditional create")
                .hasMessageContaining("use an S3 store with Hadoop 3.4.2 or later, or a local directory");
        assertThat(storage().stat(at("once"))).isEmpty();
    }

    @Test
    void isWhatAnyOtherSchemeOpens() {
        assertThat(Storages.open(URI.create("s3://bucket/x"), Map.of("fs.s3a.proxy.host", "proxy")))
                .isInstanceOf(HadoopStorage.class);
        assertThat(Storages.open(URI.create("hdfs:///x"), Map.of("a", "b"))).isInstanceOf(HadoopStorage.class);
    }

    @Test
    void namesTheSchemeItHasNoConnectorFor() {
        assertThatThrownBy(() -> storage().readAll(URI.create("nosuch://host/x")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nosuch");
    }
}
