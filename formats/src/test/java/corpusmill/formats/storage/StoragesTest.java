package corpusmill.formats.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoragesTest {

    @Test
    void takesAUriLetterByLetter() {
        assertThat(Storages.uri("s3://bucket/a b/c%d#e?f").toString()).isEqualTo("s3://bucket/a%20b/c%25d%23e%3Ff");
        assertThat(Storages.uri("S3A://bucket/x").toString()).isEqualTo("s3a://bucket/x");
        assertThat(Storages.uri("hdfs:///x").toString()).isEqualTo("hdfs:///x");
        assertThat(Storages.uri("s3://bucket").toString()).isEqualTo("s3://bucket");
    }

    @Test
    void doesNotComposeLetters() {
        assertThat(Storages.uri("s3://b/e\u0301").toString()).isEqualTo("s3://b/e%CC%81");
        assertThat(Storages.uri("s3://b/\u00e9").toString()).isEqualTo("s3://b/%C3%A9");
    }

    @Test
    void takesAPathRelativeToTheWorkingDirectory(@TempDir Path directory) {
        assertThat(Storages.uri("x/y").toString())
                .isEqualTo("file://" + Path.of("").toAbsolutePath() + "/x/y");
        assertThat(Storages.uri(directory.toString()).toString()).isEqualTo("file://" + directory);
        assertThat(Storages.uri("file:" + directory)).isEqualTo(Storages.uri(directory.toString()));
        assertThat(Storages.uri("file:///")).isEqualTo(URI.create("file:///"));
    }

    @Test
    void refusesWhatIsNoPlace() {
        assertThatThrownBy(() -> Storages.uri("s3://buc ket/x"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot use 's3://buc ket/x' as a place")
                .hasMessageContaining("write a path or a URI such as s3://bucket/directory");
        assertThatThrownBy(() -> Storages.uri("a\0b")).isInstanceOf(ConfigException.class);
    }

    @Test
    void resolvesBelowARootWithOrWithoutASlash() {
        assertThat(Storages.resolve(URI.create("s3://b/root"), "a/b c").toString())
                .isEqualTo("s3://b/root/a/b%20c");
        assertThat(Storages.resolve(URI.create("s3://b/root/"), "a").toString()).isEqualTo("s3://b/root/a");
    }

    @Test
    void hashesWhatItWrites(@TempDir Path directory) {
        URI uri = Storages.resolve(Storages.uri(directory.toString()), "abc");
        // FIPS 180-2, appendix B.1.
        assertThat(Storages.writeHashed(new LocalStorage(), uri, out -> out.write(new byte[] {'a', 'b', 'c'})))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
