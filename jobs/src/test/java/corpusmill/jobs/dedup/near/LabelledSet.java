package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import corpusmill.jobs.config.NearConfig.Shingle;
import corpusmill.jobs.dedup.shingle.ReferenceShingles;
import corpusmill.jobs.flow.Document;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * 6,000 documents with planted near-duplicates and, for every pair of at least 0.5, how many shingles it shares, counted
 * by an independent set join.
 */
final class LabelledSet {

    /** Two names, the smaller first. */
    record Pair(String one, String other) {
        static Pair of(String one, String other) {
            return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    /** What made a document, and of which. */
    private record Origin(String operation, String parent) {}

    private final Shingle.Unit unit;
    private final List<String> names = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final List<String> languages = new ArrayList<>();
    private final Map<String, Long> ids = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private final Map<Pair, Long> shared = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();

    private LabelledSet(Shingle.Unit unit) {
        this.unit = unit;
    }

    /** Reads it, with the truth of {@code words:5} or {@code characters:5}; skips the test where it is not there. */
    static LabelledSet read(Shingle.Unit unit) throws IOException {
        LabelledSet set = new LabelledSet(unit);
        Path folder = corpora().resolve("labelled");
        lines(folder.resolve("docs.jsonl.zst"), set::document);
        lines(folder.resolve("provenance.jsonl.zst"), set::origin);
        String truth = unit == Shingle.Unit.WORDS ? "pairs-w5.parquet" : "pairs-c5.parquet";
        for (Row row : Documents.spark()
                .read()
                .parquet(folder.resolve(truth).toString())
                .select(col("a"), col("b"), col("inter").cast("long"))
                .collectAsList()) {
            set.shared.put(Pair.of(row.getString(0), row.getString(1)), row.getLong(2));
        }
        return set;
    }

    /** The folder of the shared corpora. */
    static Path corpora() {
        Path home = Path.of(System.getProperty("corpusmill.home", "."))
                .toAbsolutePath()
                .normalize();
        Path beside = home.resolve("../shared/data/corpora").normalize();
        assumeThat(beside).as("the shared test data lies beside the project").isDirectory();
        return beside;
    }

    static void lines(Path file, Consumer<JsonNode> each) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new ZstdInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                each.accept(json.readTree(line));
            }
        }
    }

    private void document(JsonNode record) {
        String name = record.path("id").asText();
        ids.put(name, (long) documents.size());
        names.add(name);
        languages.add(record.path("lang").asText());
        documents.add(new Document(documents.size(), 0, record.path("text").asText(), null));
    }

    private void origin(JsonNode record) {
        origins.put(
                record.path("id").asText(),
                new Origin(record.path("op").asText(), record.path("parent").asText("")));
    }

    /** The documents; their ids are their places. */
    List<Document> documents() {
        return documents;
    }

    String name(long id) {
        return names.get((int) id);
    }

    String language(long id) {
        return languages.get((int) id);
    }

    String text(long id) {
        return documents.get((int) id).text();
    }

    long id(String name) {
        return Objects.requireNonNull(ids.get(name));
    }

    /** Every pair of different texts of at least 0.5. */
    Iterable<Pair> pairs() {
        return shared.keySet();
    }

    /** The similarity that the truth's count of shared shingles gives, and the sizes by the definition; 0 below 0.5. */
    double similarity(Pair pair) {
        if (text(id(pair.one())).equals(text(id(pair.other())))) {
            return 1;
        }
        long common = shared.getOrDefault(pair, 0L);
        return common / (double) (shingles(pair.one()) + shingles(pair.other()) - common);
    }

    private int shingles(String name) {
        return sizes.computeIfAbsent(name, key -> {
            String text = text(id(key));
            return (unit == Shingle.Unit.WORDS
                            ? ReferenceShingles.words(text, 5)
                            : ReferenceShingles.characters(text, 5))
                    .size();
        });
    }

    /** What the generator did between two documents; for two variants by different operations {@code siblings}. */
    String operation(Pair pair) {
        Origin first = Objects.requireNonNull(origins.get(pair.one()));
        Origin second = Objects.requireNonNull(origins.get(pair.other()));
        if (first.parent.equals(pair.other())) {
            return first.operation;
        }
        if (second.parent.equals(pair.one()) || first.operation.equals(second.operation)) {
            return second.operation;
        }
        return "siblings";
    }
}
