package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.deploy.SparkSubmitArguments;
import org.apache.spark.internal.config.ConfigEntry$;
import org.apache.spark.internal.config.UI$;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import scala.jdk.javaapi.CollectionConverters;

/** The files of {@code jobs/conf} and the commands of its page, read as Spark and the program read them. */
class PlatformsTest {

    private static final Path FOLDER = Path.of("jobs", "conf");
    private static final Pattern COMMAND = Pattern.compile("(?m)^(spark-submit|aws|gcloud|databricks|curl) .+$");

    /** Keys of modules that are not on the class path here, free keys, and the one that spark-submit takes out. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("spark\\.(master|(yarn|kubernetes|hadoop|jars|network\\.crypto)\\..+)");

    @Test
    void everyFileHasItsCommandOrItsRow() {
        String page = Repository.read(FOLDER.resolve("README.md"));
        assertThat(files("rapids.*|README.md|jvm.options|compiler(-small)?.json", false))
                .hasSizeGreaterThan(7)
                .allSatisfy(file -> assertThat(page).as("the page").contains("](" + file.getFileName() + ")"));
        assertThat(commands().flatMap(PlatformsTest::named).toList())
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(Repository.root().resolve(name)).exists());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingIsOneThatSparkKnows(Path file) {
        Set<String> known = knownToSpark();
        assertThat(properties(file).stringPropertyNames())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(ELSEWHERE.matcher(name).matches() || known.contains(name))
                        .as("%s of %s", name, file)
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("submits")
    void sparkSubmitTakesTheCommandAndTheProgramItsArguments(String command) {
        SparkSubmitArguments submit =
                submitted(Arrays.stream(command.split(" ", -1)).skip(1).toList());
        assertThat(submit.mainClass()).isEqualTo(Main.class.getName());
        assertThat(submit.primaryResource()).endsWith("corpusmill-job.jar");
        assertThat(submit.maybeMaster().get()).matches("local\\[\\*,4]|spark://.+|yarn|k8s://.+");
        assertThat(CollectionConverters.asJava(submit.sparkProperties()))
                .containsAllEntriesOf(map(properties(Path.of(submit.propertiesFile()))));
        assertIsACommand(CollectionConverters.asJava(submit.childArgs()));
    }

    @Test
    void dataprocIsToldTheSame() {
        String command =
                commands().filter(line -> line.startsWith("gcloud")).findFirst().orElseThrow();
        String[] halves = command.split(" -- ", -1);
        assertThat(halves[0].split(" ", -1))
                .contains("--class=" + Main.class.getName(), "--properties-file=jobs/conf/dataproc.conf");
        assertIsACommand(List.of(halves[1].split(" ", -1)));
        // gcloud splits a line at its = and at nothing else.
        assertThat(Repository.read(FOLDER.resolve("dataproc.conf")).lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("spark\\.[A-Za-z.]+=\\S+"));
    }

    @Test
    void databricksRunsTheProgramAsAGuest() throws IOException {
        JsonNode request = json("databricks.json");
        JsonNode task = request.at("/tasks/0");
        assertThat(task.at("/spark_jar_task/main_class_name").asText()).isEqualTo(HostedMain.class.getName());
        assertThat(task.at("/libraries/0/jar").asText()).endsWith("corpusmill-job.jar");
        assertIsACommand(texts(task.at("/spark_jar_task/parameters")));
        // The Scala of the jar; scripts that change a cluster at its start are what the jar does without.
        assertThat(task.at("/new_cluster/spark_version").asText()).endsWith("-scala2.13");
        assertThat(task.get("new_cluster").has("init_scripts")).isFalse();
        assertKnown(task.at("/new_cluster/spark_conf"));
    }

    @Test
    void fabricTakesABatchOfLivy() throws IOException {
        JsonNode request = json("fabric.json");
        assertThat(request.fieldNames()).toIterable().containsExactly("name", "file", "className", "args", "conf");
        assertThat(request.get("className").asText()).isEqualTo(Main.class.getName());
        assertThat(request.get("file").asText()).startsWith("abfss://").endsWith("corpusmill-job.jar");
        assertIsACommand(texts(request.get("args")));
        assertKnown(request.get("conf"));
    }

    private static void assertKnown(JsonNode settings) {
        Set<String> known = knownToSpark();
        assertThat(settings.fieldNames())
                .toIterable()
                .isNotEmpty()
                .allSatisfy(name -> assertThat(known).contains(name));
        assertThat(settings).allMatch(JsonNode::isTextual);
    }

    private static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(Repository.read(FOLDER.resolve(name)));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void theConnectorOfS3IsTheOneOfTheBuild() {
        String pom = Repository.read(Path.of("pom.xml"));
        String packages = properties(FOLDER.resolve("s3.conf")).getProperty("spark.jars.packages");
        assertThat(packages.split(",", -1))
                .hasSize(6)
                .allSatisfy(module -> assertThat(pom).contains(">" + module.split(":", -1)[2] + "<"));
    }

    private static void assertIsACommand(List<String> arguments) {
        CorpusmillCommand root = new CorpusmillCommand(new Console(System.out, System.err, FakeJobs::new, false));
        assertThatCode(() -> new CommandLine(root).parseArgs(arguments.toArray(String[]::new)))
                .doesNotThrowAnyException();
        assertThat(arguments).startsWith("prepare", "--config");
    }

    /** What Spark reads from the words of a command line; relative files lie below the root of the project. */
    private static SparkSubmitArguments submitted(List<String> words) {
        List<String> absolute = words.stream()
                .map(word -> word.startsWith("jobs/conf/")
                        ? Repository.root().resolve(word).toString()
                        : word)
                .toList();
        return new SparkSubmitArguments(
                CollectionConverters.asScala(absolute).toSeq(),
                scala.collection.immutable.Map$.MODULE$.from(
                        CollectionConverters.asScala(Map.of("HADOOP_CONF_DIR", "/etc"))));
    }

    private static Stream<String> submits() {
        return commands().filter(line -> line.startsWith("spark-submit"));
    }

    private static Stream<Path> settings() {
        return files("(?!rapids).*\\.conf", true).stream();
    }

    private static Stream<String> commands() {
        return COMMAND.matcher(Repository.read(FOLDER.resolve("README.md")))
                .results()
                .map(MatchResult::group);
    }

    private static Stream<String> named(String command) {
        return Arrays.stream(command.split("[ =]", -1))
                .map(word -> word.replaceFirst("^(file://|@)", ""))
                .filter(word -> word.startsWith("jobs/conf/"));
    }

    private static List<Path> files(String pattern, boolean matching) {
        try (Stream<Path> files = Files.list(Repository.root().resolve(FOLDER))) {
            return files.filter(file -> file.getFileName().toString().matches(pattern) == matching)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Repository.root().resolve(file))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static Map<String, String> map(Properties properties) {
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /** The names that Spark's core, its pages and its SQL declare, each when it is loaded. */
    private static Set<String> knownToSpark() {
        assertThat(org.apache.spark.internal.config.package$.MODULE$).isNotNull();
        assertThat(UI$.MODULE$).isNotNull();
        assertThat(SQLConf.get()).isNotNull();
        return ConfigEntry$.MODULE$.knownConfigs().keySet();
    }
}
