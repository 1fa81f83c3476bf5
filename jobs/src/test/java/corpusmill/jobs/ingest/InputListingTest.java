package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.ConfigException;
import corpusmill.formats.StorageException;
import corpusmill.jobs.config.FieldsConfig;
import corpusmill.jobs.config.InputConfig;
import corpusmill.jobs.config.InputFormat;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputListingTest {

    @TempDir
    Path folder = Path.of("");

    private void put(String... names) throws IOException {
        for (String name : names) {
            Path path = Path.of(SourceStore.localUri(folder + "/" + name));
            Files.createDirectories(path.getParent());
            Files.writeString(path, "{\"text\":\"" + name.length() + "\"}\n");
        }
    }

    private InputConfig entry(String path) {
        return entry(path, "web", InputFormat.AUTO);
    }

    private InputConfig entry(String path, String source, InputFormat format) {
        return new InputConfig(path.contains(":/") ? path : folder + "/" + path, source, format, FieldsConfig.DEFAULT);
    }

    private List<String> names(String path) {
        return InputListing.of(List.of(entry(path)), Map.of()).files().stream()
                .map(SourceFile::name)
                .toList();
    }

    @Test
    void listsAFolderWithEverythingBelowByNameAsBytes() throws IOException {
        put(
                "b.jsonl",
                "a/z.jsonl",
                "a.jsonl",
                "B.jsonl",
                ".hidden.jsonl",
                "_odd/_x.jsonl",
                "date=2026/p.jsonl",
                "é.jsonl",
                "\uE000.jsonl",
                "😀.jsonl");
        assertThat(names(""))
                .containsExactly(
                        ".hidden.jsonl",
                        "B.jsonl",
                        "_odd/_x.jsonl",
                        "a.jsonl",
                        "a/z.jsonl",
                        "b.jsonl",
                        "date=2026/p.jsonl",
                        "é.jsonl",
                        "\uE000.jsonl",
                        "😀.jsonl");
    }

    @Test
    void listsAndReadsNamesThatOtherToolsStumbleOver() throws IOException {
        List<String> odd = List.of(
                "a b.jsonl",
                "50%25.jsonl",
                "#1.jsonl",
                "x:y.jsonl",
                "line\nbreak.jsonl",
                "[z].jsonl",
                "{a,b}.jsonl",
                "star*.jsonl",
                "e\u0301.jsonl",
                "\u00E9.jsonl",
                "q?.jsonl",
                "back\\slash.jsonl");
        put(odd.toArray(String[]::new));
        InputListing listing = InputListing.of(List.of(entry("")), Map.of());
        assertThat(listing.files()).extracting(SourceFile::name).containsExactlyInAnyOrderElementsOf(odd);
        for (SourceFile file : listing.files()) {
            assertThat(Reading.of(file, 1 << 20, Reading.LIMITS).texts())
                    .containsExactly("" + file.name().length());
        }
        for (String name : odd) {
            assertThat(names(name)).containsExactly(name);
        }
    }

    @Test
    void matchesPatternsOverRelativeNames() throws IOException {
        put(
                "a/1.jsonl",
                "a/2.jsonl",
                "a/b/3.jsonl",
                "a/b/c/4.jsonl",
                "a/x.txt",
                "A/5.jsonl",
                "a/.h.jsonl",
                "a/10.jsonl");
        assertThat(names("a/*.jsonl")).containsExactly(".h.jsonl", "1.jsonl", "10.jsonl", "2.jsonl");
        assertThat(names("a/?.jsonl")).containsExactly("1.jsonl", "2.jsonl");
        assertThat(names("a/[2-9].jsonl")).containsExactly("2.jsonl");
        assertThat(names("a/[!2-9].jsonl")).containsExactly("1.jsonl");
        assertThat(names("a/**/*.jsonl"))
                .containsExactly(".h.jsonl", "1.jsonl", "10.jsonl", "2.jsonl", "b/3.jsonl", "b/c/4.jsonl");
        assertThat(names("a/**")).hasSize(7);
        assertThat(names("a/{1,b/3}.jsonl")).containsExactly("1.jsonl", "b/3.jsonl");
        assertThat(names("*/*/*.jsonl")).containsExactly("a/b/3.jsonl");
        assertThat(names("a/b/*")).containsExactly("3.jsonl");
        assertThat(names("[aA]/{5,x}.{txt,jsonl}")).containsExactly("A/5.jsonl", "a/x.txt");
    }

    @Test
    void numbersFilesByEntryAndSourcesByFirstAppearance() throws IOException {
        put("w/1.jsonl", "w/2.jsonl", "b/1.txt", "c/1.parquet", "d/1.md");
        InputListing listing = InputListing.of(
                List.of(
                        entry("w", "web", InputFormat.AUTO),
                        entry("b", "books", InputFormat.AUTO),
                        entry("c/1.parquet", "web", InputFormat.AUTO),
                        entry("file://" + folder + "/d/1.md", "code", InputFormat.JSONL)),
                Map.of());
        assertThat(listing.sources()).containsExactly("web", "books", "code");
        assertThat(listing.files()).extracting(SourceFile::index).containsExactly(0, 1, 2, 3, 4);
        assertThat(listing.files()).extracting(SourceFile::source).containsExactly(0, 0, 1, 0, 2);
        assertThat(listing.files())
                .extracting(SourceFile::name)
                .containsExactly("1.jsonl", "2.jsonl", "1.txt", "1.parquet", "1.md");
        assertThat(listing.files())
                .extracting(SourceFile::format)
                .containsExactly("jsonl", "jsonl", "text", "parquet", "jsonl");
        SourceFile first = listing.files().get(0);
        byte[] content = Files.readAllBytes(folder.resolve("w/1.jsonl"));
        CRC32C crc = new CRC32C();
        crc.update(content);
        assertThat(first.checksum()).isEqualTo(String.format(Locale.ROOT, "crc32c:%08x", crc.getValue()));
        assertThat(first.bytes()).isEqualTo(content.length);
        assertThat(first.text()).isEqualTo("text");
        assertThat(first.key()).isEqualTo("id");
    }

    @Test
    void tellsFormatsByName() throws IOException {
        put("1.jsonl.gz", "2.ndjson.zst", "3.json", "4.parquet", "5.txt.gz", "6.text", "7.md", "8.JSONL.GZ");
        assertThat(InputListing.of(List.of(entry("")), Map.of()).files())
                .extracting(SourceFile::format)
                .containsExactly("jsonl", "jsonl", "jsonl", "parquet", "text", "text", "text", "jsonl");
    }

    @Test
    void saysWhatIsWrongWithAnEntry() throws IOException {
        put("a/1.jsonl", "b/_SUCCESS", "c/data.gz");
        Files.createDirectories(folder.resolve("empty"));
        Files.createSymbolicLink(folder.resolve("c/lost.jsonl"), folder.resolve("nowhere"));
        assertRefused("none.jsonl", "input[0]", "none.jsonl' does not exist", "correct input.path");
        assertRefused("empty", "input[0]", "leads to no file");
        assertRefused("a/*.txt", "leads to no file", "/**");
        assertRefused("x/*.txt", "leads to no file");
        assertRefused("b", "b/_SUCCESS tells no format", "set input.format");
        assertRefused("c/*.gz", "data.gz tells no format");
        assertRefused("c/*.jsonl", "lost.jsonl is a link that leads nowhere");
        assertRefused("a/[1.jsonl", "cannot be read", "close every");
        assertRefused("http://host/x.jsonl", "scheme 'http'", "must be one of");
        assertRefused("s3://buck*/x.jsonl", "name of its bucket");
        assertThatThrownBy(() -> InputListing.of(List.of(entry("a"), entry("a/*.jsonl")), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("input[1] and input[0] both lead to", "1.jsonl", "narrow one");
        assertThatThrownBy(() -> InputListing.limit(9, 8))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at most 8");
    }

    private void assertRefused(String path, String... words) {
        assertThatThrownBy(() -> InputListing.of(List.of(entry(path)), Map.of()))
                .as(path)
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void readsFilesThroughLinksOnce() throws IOException {
        put("real/1.jsonl");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        assertThat(names("link")).containsExactly("1.jsonl");
        assertThatThrownBy(() -> InputListing.of(List.of(entry("real"), entry("link")), Map.of()))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void listsAndReadsAStoreThroughHadoop() throws IOException {
        put("in/1.jsonl", "in/sub/_2.jsonl", "in/3.txt");
        Map<String, String> settings =
                Map.of("fs.gs.impl", FakeStore.class.getName(), "fs.gs.impl.disable.cache", "true");
        InputListing listing = InputListing.of(List.of(entry("gs://bucket" + folder + "/in/**/*.jsonl")), settings);
        assertThat(listing.files()).extracting(SourceFile::name).containsExactly("1.jsonl", "sub/_2.jsonl");
        assertThat(listing.files())
                .extracting(SourceFile::uri)
                .containsExactly("gs://bucket" + folder + "/in/1.jsonl", "gs://bucket" + folder + "/in/sub/_2.jsonl");
        assertThat(listing.files().get(0).checksum()).isEqualTo("etag:tag-1.jsonl");
        List<Ingested> rows = new ArrayList<>();
        new PartIterator(FilePart.split(listing.files(), 5), new SourceStore(settings), Reading.LIMITS, true)
                .forEachRemaining(row -> rows.add(row.decoded()));
        assertThat(rows.stream().filter(row -> row.outcome().equals(Ingested.DOCUMENT)))
                .hasSize(2);
        assertThat(InputListing.of(List.of(entry("gs://bucket" + folder + "/in/3.txt")), settings)
                        .files())
                .hasSize(1);
        assertThatThrownBy(() -> InputListing.of(List.of(entry("gs://bucket" + folder + "/none")), settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void refusesAStoreThatGivesNoChecksum() throws IOException {
        put("in/untagged.jsonl");
        Map<String, String> settings =
                Map.of("fs.gs.impl", FakeStore.class.getName(), "fs.gs.impl.disable.cache", "true");
        assertThatThrownBy(() -> InputListing.of(List.of(entry("gs://bucket" + folder + "/in")), settings))
                .isInstanceOf(StorageException.class)
                .hasMessageContainingAll("neither an ETag nor a checksum", "untagged.jsonl");
    }

    @Test
    void noticesAFileThatChangedSinceItWasListed() throws IOException {
        put("1.jsonl");
        SourceFile file =
                InputListing.of(List.of(entry("1.jsonl")), Map.of()).files().get(0);
        Files.writeString(folder.resolve("1.jsonl"), "more", StandardCharsets.UTF_8);
        PartIterator rows =
                new PartIterator(FilePart.split(List.of(file), 100), new SourceStore(Map.of()), Reading.LIMITS, true);
        assertThatThrownBy(rows::hasNext)
                .isInstanceOf(StorageException.class)
                .hasMessageContainingAll("1.jsonl has 4 bytes but had 13", "run again");
        Files.delete(folder.resolve("1.jsonl"));
        PartIterator gone =
                new PartIterator(FilePart.split(List.of(file), 100), new SourceStore(Map.of()), Reading.LIMITS, true);
        assertThatThrownBy(gone::hasNext)
                .isInstanceOf(StorageException.class)
                .hasMessageContainingAll("opening input file", "NoSuchFile");
    }
}
