package corpusmill.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A run's summary as a table for people and as an object for programs. */
final class SummaryText {

    private SummaryText() {}

    /**
     * The table, and after a whole run where everything is.
     *
     * @param published whether the run ended with a dataset
     */
    static String table(RunSummary summary, boolean published) {
        TextTable table = new TextTable("stage", "in", "out", "dropped", "seconds", "cpu", "why");
        for (StageSummary stage : summary.stages()) {
            table.row(
                    stage.name(),
                    TextTable.count(stage.in()),
                    TextTable.count(stage.out()),
                    TextTable.count(stage.droppedInAll()),
                    TextTable.seconds(stage.seconds()),
                    TextTable.seconds(stage.cpuSeconds()),
                    (stage.reused() ? "reused " : "") + reasons(stage.dropped()));
        }
        return table + "\n" + (published ? places(summary) : "");
    }

    /** One line for a stage that ended. */
    static String line(StageSummary stage) {
        return String.format(
                Locale.ROOT,
                "%-9s %12s in %12s out  %7.1f s  %s%s",
                stage.name(),
                TextTable.count(stage.in()),
                TextTable.count(stage.out()),
                stage.seconds(),
                stage.reused() ? "reused " : "",
                reasons(stage.dropped()));
    }

    private static String reasons(Map<String, Long> dropped) {
        return dropped.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getKey() + " " + TextTable.count(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String places(RunSummary summary) {
        String root = summary.dataset();
        return (summary.upToDate() ? "The dataset was already there.\n" : "")
                + "dataset      " + root + "\n"
                + "report       " + report(summary) + "\n"
                + "fingerprint  " + summary.fingerprint() + "\n"
                + requests(summary)
                + "\nRead the first shard in Python:\n"
                + "  from pyarrow import fs, ipc\n"
                + "  store, root = fs.FileSystem.from_uri(\"" + root.replaceFirst("^s3a:", "s3:") + "\")\n"
                + "  rows = ipc.open_file(store.open_input_file(f\"{root}/data/" + summary.fingerprint()
                + "/train/tokens-000000.arrow\")).read_all()\n";
    }

    private static String requests(RunSummary summary) {
        long requests = summary.requests().values().stream()
                .flatMap(sent -> sent.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        return requests == 0 ? "" : "requests     " + TextTable.count(requests) + " to S3, by stage in the report\n";
    }

    /** The object, keys in snake case as in the manifest. */
    static Map<String, Object> json(RunSummary summary) {
        List<Map<String, Object>> stages = new ArrayList<>();
        for (StageSummary stage : summary.stages()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("name", stage.name());
            object.put("in", stage.in());
            object.put("out", stage.out());
            object.put("dropped", stage.dropped());
            object.put("seconds", stage.seconds());
            object.put("cpu_seconds", stage.cpuSeconds());
            object.put("reused", stage.reused());
            stages.add(object);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("dataset", summary.dataset());
        object.put("fingerprint", summary.fingerprint());
        object.put("report", report(summary));
        object.put("up_to_date", summary.upToDate());
        object.put("stages", stages);
        object.put("requests", summary.requests());
        return object;
    }

    private static String report(RunSummary summary) {
        return summary.dataset() + "/report.html";
    }
}
