package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.ConfigOrigin;
import corpusmill.jobs.config.ConfigParser;
import corpusmill.jobs.config.ConfigSchema;
import corpusmill.jobs.config.JobFile;
import corpusmill.jobs.config.Setting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every value of the job file has one source: schema, page, README, {@code --print-config} and program agree. */
class JobFileDocumentationTest {

    private static final Path PAGE = Path.of("jobs", "conf", "job-file.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| (.*?) \\| (?:`(.*?)`)? ?\\| (.*?) \\| (.*?) \\|$");

    /** Places and what follows from them, which an example has to make up. */
    private static final List<String> MADE_UP =
            List.of("input.path", "input.source", "output", "work", "spark.spark.sql.shuffle.partitions");

    /** Key → what the JSON Schema says of it. */
    private final SortedMap<String, Map<?, ?>> schema = new TreeMap<>();

    JobFileDocumentationTest() {
        collect("", ConfigSchema.schema());
    }

    @Test
    void thePageIsWhatTheProgramPrints() {
        assertThat(Invocation.of(new FakeJobs(), "schema", "--markdown").out())
                .as("%s; write it anew with: bin/corpusmill schema --markdown > %s", PAGE, PAGE)
                .isEqualTo(Repository.read(PAGE));
    }

    @Test
    void thePageHasEveryKeyOfTheSchemaWithItsDefaultAndItsSentence() {
        SortedMap<String, MatchResult> rows = new TreeMap<>();
        String page = Repository.read(PAGE);
        int others = page.indexOf("## All others");
        ROW.matcher(page)
                .results()
                .forEach(row -> rows.put((row.start() < others ? "input." : "") + row.group(1), row));
        assertThat(rows.keySet()).isEqualTo(schema.keySet());
        schema.forEach((key, leaf) -> {
            MatchResult row = Objects.requireNonNull(rows.get(key), key);
            if (!key.equals("spark")) {
                assertThat(row.group(5)).as(key).isEqualTo(leaf.get("description"));
                assertThat(row.group(3))
                        .as(key)
                        .isEqualTo(leaf.containsKey("default") ? String.valueOf(leaf.get("default")) : null);
            }
            if (leaf.get("enum") instanceof List<?> words) {
                words.forEach(word -> assertThat(row.group(2)).as(key).contains(word.toString()));
            }
        });
    }

    @Test
    void theFirstPageShowsEveryKeyWithItsDefault() {
        String whole = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(Repository.read(Path.of("README.md")))
                .results()
                .map(yaml -> yaml.group(1))
                .filter(yaml -> yaml.contains("deduplication:"))
                .findFirst()
                .orElseThrow();
        List<String> shown = new ArrayList<>();
        for (Setting setting : parsed(whole).settings()) {
            String key = key(setting);
            assertThat(setting.origin()).as("%s is not in the README", key).isNotEqualTo(ConfigOrigin.DEFAULT);
            shown.add(key);
            if (!MADE_UP.contains(key)) {
                assertThat(setting.value())
                        .as(key)
                        .isEqualTo(schema.getOrDefault(key, Map.of()).get("default"));
            }
        }
        assertThat(shown).contains("spark.spark.sql.shuffle.partitions");
        assertThat(shown.stream().filter(key -> !key.startsWith("spark.")))
                .containsExactlyInAnyOrderElementsOf(schema.keySet().stream()
                        .filter(key -> !key.equals("spark"))
                        .toList());
    }

    @Test
    void printConfigShowsEveryKeyOfTheSchema() {
        JobFile job = parsed("input: [ { path: raw/web } ]\noutput: out\nspark: { master: local }\n");
        assertThat(job.settings().stream().map(JobFileDocumentationTest::key))
                .containsExactlyInAnyOrderElementsOf(schema.keySet().stream()
                        .map(key -> key.equals("spark") ? "spark.spark.master" : key)
                        .toList());
        job.settings().forEach(setting -> {
            Map<?, ?> leaf = schema.getOrDefault(key(setting), Map.of());
            if (leaf.containsKey("default")) {
                assertThat(setting.value()).as(key(setting)).isEqualTo(leaf.get("default"));
            }
        });
    }

    private static JobFile parsed(String yaml) {
        return ConfigParser.parse(yaml.getBytes(StandardCharsets.UTF_8), "job.yaml", List.of());
    }

    /** Its path without the number of the entry of {@code input}. */
    private static String key(Setting setting) {
        return String.join(
                ".", setting.path().stream().filter(step -> !step.equals("0")).toList());
    }

    private void collect(String key, Map<?, ?> node) {
        Map<?, ?> group =
                node.get("items") instanceof Map<?, ?> items && items.containsKey("properties") ? items : node;
        if (group.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach(
                    (name, child) -> collect(key.isEmpty() ? name.toString() : key + "." + name, (Map<?, ?>) child));
        } else {
            schema.put(key, node);
        }
    }
}
