package corpusmill.formats.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.StorageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every storage must do. */
abstract class StorageContract {

    final Path directory;

    StorageContract(@TempDir Path directory) {
        this.directory = directory;
    }

    abstract Storage storage();

    /** The mark of the digits 1 to 9; here the published check value of CRC-32C. */
    String checksumOfDigits() {
        return "crc32c:e3069283";
    }

    URI at(String path) {
        return Storages.resolve(Storages.uri(directory.toString()), path);
    }

    private void write(String path, String content) {
        storage().write(at(path), out -> out.write(content.getBytes(UTF_8)));
    }

    private String text(String path) {
        return new String(storage().readAll(at(path)), UTF_8);
    }

    private List<String> names(String prefix) {
        int skip = UriText.pathBytes(at("")).length;
        return storage().list(at(prefix)).stream()
                .map(file -> new String(UriText.pathBytes(file.uri()), UTF_8).substring(skip))
                .toList();
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        write("a/b/c.txt", "content");
        assertThat(text("a/b/c.txt")).isEqualTo("content");
        assertThat(storage().read(at("a/b/c.txt"), 3, 2)).isEqualTo("te".getBytes(UTF_8));
        try (InputStream in = storage().open(at("a/b/c.txt"))) {
            assertThat(in.readAllBytes()).isEqualTo("content".getBytes(UTF_8));
        }
    }

    @Test
    void replacesAFile() {
        write("f", "first and longer");
        write("f", "second");
        assertThat(text("f")).isEqualTo("second");
        assertThat(names("")).containsExactly("f");
    }

    @Test
    void leavesNothingBehindWhenTheContentCannotBeMade() {
        write("kept", "old");
        assertThatThrownBy(() -> storage().write(at("kept"), out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("the content broke");
                }))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot write")
                .hasMessageContaining("kept")
                .hasMessageContaining("the content broke");
        assertThat(text("kept")).isEqualTo("old");
        assertThat(names("")).containsExactly("kept");
    }

    @Test
    void keepsTheStreamOpenWhenTheContentClosesIt() {
        storage().write(at("closed"), out -> {
            out.write('x');
            out.close();
        });
        assertThat(text("closed")).isEqualTo("x");
    }

    @Test
    void listsEveryFileByTheBytesOfItsPath() {
        List<String> names = List.of(
                "-",
                ".hidden",
                "B",
                "_temporary",
                "a b",
                "a#b",
                "a%20b",
                "a+b",
                "a/b/c",
                "a=1/b",
                "a?b",
                "b",
                "\u00e9",
                "e\u0301",
                "\u65e5\u672c",
                "\ud83d\ude00",
                "\uff5e");
        names.forEach(name -> write("tree/" + name, name));
        List<String> sorted = names.stream()
                .sorted((x, y) -> java.util.Arrays.compareUnsigned(x.getBytes(UTF_8), y.getBytes(UTF_8)))
                .map(name -> "tree/" + name)
                .toList();
        assertThat(names("tree")).containsExactlyElementsOf(sorted);
        for (StoredFile file : storage().list(at("tree"))) {
            String content = new String(storage().readAll(file.uri()), UTF_8);
            assertThat(new String(UriText.pathBytes(file.uri()), UTF_8)).endsWith("/tree/" + content);
            assertThat(file.bytes()).isEqualTo(content.getBytes(UTF_8).length);
        }
    }

    @Test
    void listsAFileNamedExactlyAndNothingWhereNothingIs() {
        write("one", "1");
        assertThat(names("one")).containsExactly("one");
        assertThat(names("none")).isEmpty();
    }

    @Test
    void looksAtAFile() {
        write("seven", "1234567");
        assertThat(storage().stat(at("seven"))).hasValueSatisfying(file -> {
            assertThat(file.bytes()).isEqualTo(7);
            assertThat(file.uri()).isEqualTo(at("seven"));
        });
        assertThat(storage().stat(at("absent"))).isEmpty();
        write("directory/x", "");
        assertThat(storage().stat(at("directory"))).isEmpty();
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> storage().readAll(at("gone")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot read")
                .hasMessageContaining("/gone: there is no such file; check the path");
        assertThatThrownBy(() -> storage().open(at("gone"))).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> storage().read(at("gone"), 0, 1)).hasMessageContaining("there is no such file");
    }

    @Test
    void saysThatAFileEndsBeforeTheRange() {
        write("short", "123");
        assertThatThrownBy(() -> storage().read(at("short"), 2, 5))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot read 5 bytes at 2 of")
                .hasMessageContaining("the file ends before that");
    }

    @Test
    void deletesAFileOnceOrTwice() {
        write("d", "x");
        storage().delete(at("d"));
        storage().delete(at("d"));
        assertThat(storage().stat(at("d"))).isEmpty();
    }

    @Test
    void tellsWhenAFileWasWritten() {
        Instant before = Instant.now().minusSeconds(60);
        write("dated", "x");
        StoredFile file = storage().stat(at("dated")).orElseThrow();
        assertThat(storage().modified(file)).isBetween(before, Instant.now().plusSeconds(60));
        storage().delete(file.uri());
        assertThatThrownBy(() -> storage().modified(file)).isInstanceOf(StorageException.class);
        assertThat(storage().unfinishedUploads(at(""))).isEmpty();
    }

    @Test
    void marksTheContent() {
        write("check", "123456789");
        StoredFile file = storage().stat(at("check")).orElseThrow();
        assertThat(storage().checksum(file)).isEqualTo(checksumOfDigits());
    }

    @Test
    void survivesSerialisation() throws Exception {
        write("s", "x");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(storage());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((Storage) in.readObject()).readAll(at("s"))).hasSize(1);
        }
    }

    @Test
    void takesTwoWritersOfTheSameBytes() {
        byte[] content = new byte[1 << 20];
        IntStream.range(0, 8).parallel().forEach(writer -> storage().write(at("same"), out -> out.write(content)));
        assertThat(storage().readAll(at("same"))).isEqualTo(content);
        assertThat(names("")).containsExactly("same");
    }
}
