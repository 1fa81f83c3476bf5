package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import corpusmill.jobs.config.ConfigParser;
import corpusmill.jobs.config.ConfigSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the pages name must be there. */
class MarkdownTest {

    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\\n]+)`(?!`)");
    private static final Pattern PATH =
            Pattern.compile("(tokenizer|formats|jobs|airflow|notebooks|bin|\\.github|\\.ci)(/[\\w.*-]+)+/?");
    private static final Pattern CLASS = Pattern.compile("[A-Z][a-z0-9]+([A-Z][a-z0-9]+)+");
    private static final Pattern FENCE = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:bin/)?corpusmill (.+)$");

    /** Names of other people's classes and of things that look like classes. */
    private static final Set<String> FOREIGN = Set.of(
            "SparkSubmitOperator", "EmrServerlessStartJobOperator", "EmrContainerOperator", "SparkKubernetesOperator");

    @Test
    void linksToWhatIsThere() {
        assertThat(Repository.texts(".md"))
                .allSatisfy(page -> assertThat(matches(LINK, Repository.read(page))
                                .map(match -> match.group(1))
                                .filter(target -> !target.matches("[a-z]+:.*"))
                                .map(target -> page.resolveSibling(target).normalize())
                                .filter(target ->
                                        !Files.exists(Repository.root().resolve(target))))
                        .as("dead links of %s", page)
                        .isEmpty());
    }

    @Test
    void namesPathsThatAreThere() {
        assertThat(Repository.texts(".md"))
                .allSatisfy(page -> assertThat(code(page)
                                .filter(name -> PATH.matcher(name).matches()
                                        && !name.contains("*")
                                        && !name.contains("/target/"))
                                .filter(name -> !Files.exists(Repository.root().resolve(name))
                                        && !Files.exists(
                                                Repository.root().resolve(page).resolveSibling(name))))
                        .as("missing paths of %s", page)
                        .isEmpty());
    }

    @Test
    void namesClassesThatAreThere() {
        Set<String> classes = new TreeSet<>(FOREIGN);
        Repository.texts(".java").forEach(file -> {
            String name = String.valueOf(file.getFileName());
            classes.add(name.substring(0, name.length() - ".java".length()));
        });
        Repository.texts(".py")
                .forEach(file -> matches(Pattern.compile("(?m)^class (\\w+)"), Repository.read(file))
                        .forEach(match -> classes.add(match.group(1))));
        assertThat(Repository.texts(".md"))
                .allSatisfy(page -> assertThat(
                                code(page).filter(name -> CLASS.matcher(name).matches()))
                        .as("classes of %s", page)
                        .isSubsetOf(classes));
    }

    @Test
    void namesKeysThatAreThere() {
        Set<String> keys = new TreeSet<>();
        collect(ConfigSchema.schema(), "", keys);
        Set<String> groups =
                keys.stream().map(key -> key.replaceFirst("\\..*", "")).collect(Collectors.toSet());
        assertThat(Repository.texts(".md"))
                .allSatisfy(page -> assertThat(code(page)
                                .filter(name -> name.matches("[a-z-]+(\\.[a-z-]+)+"))
                                .filter(name ->
                                        groups.contains(name.replaceFirst("\\..*", "")) && !name.startsWith("spark."))
                                .filter(name -> !name.matches(".*\\.(json|yaml|md|html|work|parquet)")))
                        .as("keys of %s", page)
                        .isSubsetOf(keys));
    }

    @Test
    void showsAJobFileThatCanBeRead() {
        List<String> jobs = matches(FENCE, Repository.read(Path.of("README.md")))
                .filter(match -> match.group(1).equals("yaml"))
                .map(match -> match.group(2))
                .toList();
        assertThat(jobs)
                .isNotEmpty()
                .allSatisfy(job -> assertThatCode(
                                () -> ConfigParser.parse(job.getBytes(StandardCharsets.UTF_8), "README.md", List.of()))
                        .doesNotThrowAnyException());
    }

    @Test
    void showsCommandsThatCanBeGiven() {
        CorpusmillCommand root = new CorpusmillCommand(new Console(System.out, System.err, FakeJobs::new, false));
        List<String> commands = Repository.texts(".md").stream()
                .flatMap(page -> matches(FENCE, Repository.read(page)))
                .flatMap(fence -> matches(COMMAND, fence.group(2)))
                .map(match -> match.group(1).replaceFirst("\\s+#.*", ""))
                .toList();
        assertThat(commands)
                .hasSizeGreaterThan(5)
                .allSatisfy(command -> assertThatCode(() -> new CommandLine(root)
                                .setCaseInsensitiveEnumValuesAllowed(true)
                                .parseArgs(command.split("\\s+")))
                        .as(command)
                        .doesNotThrowAnyException());
    }

    @Test
    void keepsTheFirstPageShort() {
        assertThat(Repository.read(Path.of("README.md")).lines()).hasSizeLessThanOrEqualTo(200);
    }

    private static Stream<String> code(Path page) {
        String prose = FENCE.matcher(Repository.read(page)).replaceAll("");
        return matches(CODE, prose).map(match -> match.group(1));
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static void collect(Map<?, ?> schema, String path, Set<String> keys) {
        Map<?, ?> group = schema.get("items") instanceof Map<?, ?> items ? items : schema;
        if (group.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, child) -> {
                String full = path.isEmpty() ? name.toString() : path + "." + name;
                keys.add(full);
                if (child instanceof Map<?, ?> map) {
                    collect(map, full, keys);
                }
            });
        }
    }
}
