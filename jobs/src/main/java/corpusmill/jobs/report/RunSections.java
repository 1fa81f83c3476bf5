package corpusmill.jobs.report;

import corpusmill.jobs.flow.StageAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** Recall measured on a sample, beside what the signatures let expect. */
    Section recall() {
        RecallSample sample = run.recall();
        Table table = new Table("Similarity from", "Pairs", "Not both kept", "Share", "Expected to be compared");
        sample.bins().forEach(bin -> row(table, String.format(Locale.ROOT, "%.2f", bin.from()), bin));
        long pairs = sample.bins().stream().mapToLong(RecallSample.Bin::pairs).sum();
        long settled =
                sample.bins().stream().mapToLong(RecallSample.Bin::settled).sum();
        double expected = sample.bins().stream()
                .mapToDouble(bin -> bin.pairs() * bin.expected())
                .sum();
        if (sample.documents() > 0) {
            row(table, "all", new RecallSample.Bin(0, pairs, settled, pairs == 0 ? 0 : expected / pairs));
        }
        return new Section(
                "Sampled recall",
                Html.count(sample.documents()) + " documents, drawn by a hash of their ids, were compared exactly with "
                        + Html.count(sample.others()) + " others. Of the pairs that reach the threshold, so many do not"
                        + " stay both"
                        + (pairs == 0 ? "" : "; with 95 % confidence the share is " + interval(settled, pairs))
                        + ".",
                table);
    }

    private static void row(Table table, String name, RecallSample.Bin bin) {
        table.row(
                name,
                Html.count(bin.pairs()),
                Html.count(bin.settled()),
                Html.percent(bin.settled(), bin.pairs()),
                bin.pairs() == 0 ? "" : String.format(Locale.ROOT, "%.4f", bin.expected()));
    }

    /** The interval of E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927. */
    static String interval(long settled, long pairs) {
        double z = 1.959964;
        double share = settled / (double) pairs;
        double middle = (share + z * z / (2 * pairs)) / (1 + z * z / pairs);
        double half = z / (1 + z * z / pairs) * Math.sqrt(share * (1 - share) / pairs + z * z / (4.0 * pairs * pairs));
        return String.format(Locale.ROOT, "%.4f to %.4f", Math.max(0, middle - half), Math.min(1, middle + half));
    }

    private static String rate(StageAccount account) {
        return account.seconds() <= 0 ? "" : Html.count(Math.round(account.in() / account.seconds()));
    }
}
