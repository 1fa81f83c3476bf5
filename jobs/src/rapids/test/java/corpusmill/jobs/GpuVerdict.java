package corpusmill.jobs;

import corpusmill.jobs.testing.GpuExplanation;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a step of the flow would run, held against where it may.
 *
 * @param step its description, as Spark's own pages show it
 * @param found what the plugin says
 */
record GpuVerdict(String step, GpuExplanation found) {

    /** What may leave the columns on some line of Spark, and why. */
    record Declared(String why, Set<String> names) {

        static Declared of(String why, String... names) {
            return new Declared(why, Set.of(names));
        }

        Declared and(String... more) {
            Set<String> all = new TreeSet<>(names);
            all.addAll(Set.of(more));
            return new Declared(why, all);
        }
    }

    private static final String[] TYPED = {"DeserializeToObject", "MapPartitions", "SerializeFromObject"};

    /** The whole of it: a step that is not here runs on the GPU from read to write. */
    static final Map<String, Declared> DECLARED = Map.ofEntries(
            Map.entry(
                    "ingest: files to documents",
                    Declared.of("readers over bytes", "ExternalRDDScan", "SerializeFromObject")),
            Map.entry("ingest: quarantine", Declared.of("bytes of the source files", TYPED)),
            Map.entry(
                    "report: scripts",
                    Declared.of("Unicode tables", "DeserializeToObject", "MapElements", "SerializeFromObject")),
            Map.entry("near: pairs", Declared.of("kernel over two texts", TYPED)),
            Map.entry(
                    "near: recall on a sample",
                    Declared.of("kernel over texts; a sample", TYPED).and("TakeOrderedAndProject")),
            Map.entry("near: decided", Declared.of("one pass in the order of rank", TYPED)),
            Map.entry(
                    "tokenize: documents to packed rows",
                    Declared.of("kernel over a text; a keyed random order")
                            .and(TYPED)
                            .and("Project", "ScalaUDF", "ShuffleExchange")),
            Map.entry(
                    "write: rows to shards",
                    Declared.of("files of our own format; a keyed random order")
                            .and(TYPED)
                            .and("HashPartitioning", "Project", "ScalaUDF", "ShuffleExchange")),
            Map.entry(
                    "write: tables",
                    Declared.of("files of our own format; a keyed random order")
                            .and(TYPED)
                            .and("Project", "ScalaUDF", "ShuffleExchange")));

    /** What leaves the columns and is not declared. */
    Set<String> undeclared() {
        Set<String> undeclared = new TreeSet<>(found.cpu());
        undeclared.removeAll(declared().names());
        return undeclared;
    }

    /** Whether anything leaves them, as declared. */
    boolean leaves() {
        return !found.cpu().isEmpty();
    }

    private Declared declared() {
        return DECLARED.getOrDefault(step, Declared.of("nothing"));
    }

    /** A row of the table in the documentation. */
    String row() {
        String cpu = found.cpu().isEmpty() ? "" : String.join(", ", found.cpu());
        return "| %s | %s | %s | %s |"
                .formatted(
                        step,
                        String.join(", ", found.gpu()),
                        cpu,
                        cpu.isEmpty() ? "" : declared().why());
    }
}
