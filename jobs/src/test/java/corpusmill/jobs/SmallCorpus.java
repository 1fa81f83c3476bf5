package corpusmill.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * A corpus of a few dozen documents in every input format, and what stands where in it. It holds four exact copies, two
 * near-duplicates of a document in a chain, one near-duplicate of another, a bad record, texts longer than a row and a
 * text without spaces. The same seed gives the same bytes.
 */
final class SmallCorpus {

    /** Copies that deduplication must find: all that are identical, and all that are similar. */
    static final int IDENTICAL = 4;

    static final int SIMILAR = 3;
    static final int BAD = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Random random;
    private final Map<String, Map<Long, String>> texts = new TreeMap<>();

    private SmallCorpus(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
    }

    /** Writes it below a folder. */
    static SmallCorpus write(Path folder, long seed) throws IOException {
        SmallCorpus corpus = new SmallCorpus(folder, seed);
        for (String source : List.of("web", "books", "tables")) {
            Files.createDirectories(folder.resolve(source));
        }
        corpus.fill();
        return corpus;
    }

    private void fill() throws IOException {
        List<String> first = fresh(12);
        first.add(first.get(0));
        Files.write(folder.resolve("web/a.jsonl"), lines("a.jsonl", first));

        String changed = change(first.get(1), 40);
        List<String> second = fresh(6);
        second.addAll(List.of(first.get(2), changed, change(first.get(3), 70), words(400)));
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(folder.resolve("web/b.jsonl.gz")))) {
            gzip.write(lines("b.jsonl.gz", second));
        }
        List<String> third = fresh(4);
        third.add(change(changed, 41));
        third.add(first.get(0));
        try (OutputStream zstd = new ZstdOutputStream(Files.newOutputStream(folder.resolve("books/c.jsonl.zst")))) {
            zstd.write(lines("c.jsonl.zst", third));
        }
        text("novel.txt", words(300) + "\n\n" + words(50) + "\n");
        text("日本 é.txt", "吾輩は猫である。名前はまだ無い。".repeat(3) + "どこで生れたかとんと見当がつかぬ。");
        List<String> fourth = fresh(5);
        fourth.add(second.get(0));
        parquet("d.parquet", fourth);
    }

    private List<String> fresh(int count) {
        List<String> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fresh.add("Number " + random.nextInt(1000) + ": \"" + words(100 + random.nextInt(20)) + "\"\n");
        }
        return fresh;
    }

    private String words(int count) {
        String[] syllables = {"ka", "lo", "min", "ter", "é", "sur", "an", "wo", "the", "qu"};
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < count; word++) {
            for (int syllable = 0; syllable < 3; syllable++) {
                words.append(syllables[random.nextInt(syllables.length)]);
            }
            words.append(word % 11 == 10 ? ".\n" : " ");
        }
        return words.toString().strip();
    }

    private static String change(String text, int word) {
        String[] words = text.split("(?<=\\s)");
        words[word] = "other ";
        return String.join("", words);
    }

    private byte[] lines(String name, List<String> documents) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        Map<Long, String> places = texts.computeIfAbsent(name, file -> new TreeMap<>());
        for (String document : documents) {
            places.put((long) lines.size(), document);
            lines.writeBytes(JSON.writeValueAsBytes(Map.of("text", document)));
            lines.write('\n');
            if (places.size() == 5 && name.equals("a.jsonl")) {
                lines.writeBytes("{\"text\": broken}\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        return lines.toByteArray();
    }

    private void text(String name, String document) throws IOException {
        Files.writeString(folder.resolve("books").resolve(name), document);
        texts.put(name, Map.of(0L, document));
    }

    private void parquet(String name, List<String> documents) throws IOException {
        MessageType type = MessageTypeParser.parseMessageType("message m { required binary text (STRING); }");
        SimpleGroupFactory rows = new SimpleGroupFactory(type);
        Map<Long, String> places = texts.computeIfAbsent(name, file -> new TreeMap<>());
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(
                        new LocalOutputFile(folder.resolve("tables").resolve(name)))
                .withType(type)
                .build()) {
            for (String document : documents) {
                places.put((long) places.size(), document);
                writer.write(rows.newGroup().append("text", document));
            }
        }
    }

    /** Documents in all files, copies included. */
    int documents() {
        return texts.values().stream().mapToInt(Map::size).sum();
    }

    int files() {
        return texts.size();
    }

    /** The text at a place of a file, named without its folder. */
    String text(String file, long place) {
        String text = texts.getOrDefault(file, Map.of()).get(place);
        if (text == null) {
            throw new AssertionError("the corpus has nothing at " + place + " of " + file);
        }
        return text;
    }

    /** A job file that reads it and makes many small rows and shards. */
    Path jobFile(Path file, String output) throws IOException {
        return Files.writeString(
                file, """
                input: [ { path: "%1$s/web" }, { path: "%1$s/books" }, { path: "%1$s/tables" } ]
                output: "%2$s"
                ingest: { max-rejected-share: 0.05 }
                tokenizer: { path: "%3$s" }
                packing: { sequence-length: 128 }
                shards: { target-size: 8KiB, validation-share: 0.2 }
                spark: { spark.sql.shuffle.partitions: 2 }
                """.formatted(folder, output, Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json")));
    }
}
