package corpusmill.jobs.report;

import corpusmill.jobs.flow.StageAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is known of the run. */
record RunSections(RunRecord run) {

    Section times() {
        Table table = new Table("Stage", "Seconds", "CPU seconds", "Records per second", "");
        BarChart chart = new BarChart("Seconds by stage", "kept");
        run.accounts().forEach(account -> {
            table.row(
                    Html.escape(account.name()),
                    Html.seconds(account.seconds()),
                    Html.seconds(account.cpuSeconds()),
                    rate(account),
                    account.reused() ? "of an earlier run" : "");
            chart.bar(account.name(), account.seconds(), Html.seconds(account.seconds()) + " s");
        });
        return new Section("Times", "Of the run that made this dataset.", chart.html(), table);
    }

    Section figures() {
        Table table = new Table("What", "Count");
        run.figures().forEach((what, n) -> table.row(Html.escape(what), Html.count(n)));
        return new Section("Figures of the run", "", table);
    }

    Section requests() {
        TreeSet<String> operations = new TreeSet<>();
        run.requests().values().forEach(sent -> operations.addAll(sent.keySet()));
        List<String> columns = new ArrayList<>(List.of("Stage", "Requests"));
        columns.addAll(operations);
        Table table = new Table(columns.toArray(String[]::new));
        run.requests().forEach((stage, sent) -> table.row(requests(Html.escape(stage), operations, sent)));
        SortedMap<String, Long> all = new TreeMap<>();
        run.requests().values().forEach(sent -> sent.forEach((operation, n) -> all.merge(operation, n, Long::sum)));
        if (!all.isEmpty()) {
            table.row(requests("all", operations, all));
        }
        return new Section(
                "Requests to S3",
                "Those of the process that ran the stages, repeated ones included, before this page was written.",
                table);
    }

    private static String[] requests(String stage, Set<String> operations, Map<String, Long> sent) {
        List<String> cells = new ArrayList<>(List.of(stage, Html.count(sum(sent))));
        operations.forEach(operation -> cells.add(Html.count(sent.getOrDefault(operation, 0L))));
        return cells.toArray(String[]::new);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Section clusters() {
        Table table = new Table("Documents in a cluster", "Clusters");
        BarChart chart = new BarChart("Clusters by size", "lost");
        run.clusters().forEach((least, n) -> {
            String sizes = Html.count(least) + " to " + Html.count(2 * least - 1);
            table.row(sizes, Html.count(n));
            chart.bar(sizes + " documents", n, Html.count(n));
        });
        return new Section(
                "Clusters of duplicates",
                "One document of each cluster stays, and all that were removed in its favour belong to it.",
                chart.html(),
                table);
    }

    private static String rate(StageAccount account) {
        return account.seconds() <= 0 ? "" : Html.count(Math.round(account.in() / account.seconds()));
    }
}
