package corpusmill.jobs.report;

import corpusmill.formats.manifest.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The documents on their way through the stages, from files to tokens, as a Sankey diagram drawn as SVG: a stream whose
 * height is the number of documents, from which every stage turns off what it drops.
 */
final class FlowChart {

    private static final double WIDTH = 960;
    private static final double TOP = 44;
    private static final double STREAM = 180;
    private static final double FALL = 70;
    private static final double LEFT = 20;
    private static final double NODE = 10;

    private final List<Map.Entry<String, LedgerEntry>> stages;
    private final long files;
    private final long tokens;
    private final double step;
    private final double most;
    private final StringBuilder marks = new StringBuilder();

    private FlowChart(List<Map.Entry<String, LedgerEntry>> stages, long files, long tokens) {
        this.stages = stages;
        this.files = files;
        this.tokens = tokens;
        this.step = (WIDTH - LEFT - 110) / stages.size();
        this.most =
                stages.stream().mapToLong(stage -> stage.getValue().in()).max().orElse(0);
    }

    /**
     * The picture of those stages that count documents, that is, whose input is the output of the stage before.
     *
     * @param files that the records came from
     * @param tokens of the documents at the end
     */
    static String html(Map<String, LedgerEntry> ledger, long files, long tokens) {
        List<Map.Entry<String, LedgerEntry>> stages = new ArrayList<>();
        long before = -1;
        for (Map.Entry<String, LedgerEntry> stage : ledger.entrySet()) {
            if (before >= 0 && stage.getValue().in() != before || stage.getKey().equals("write")) {
                break;
            }
            stages.add(stage);
            before = stage.getValue().out();
        }
        return stages.isEmpty() || stages.get(0).getValue().in() == 0
                ? ""
                : new FlowChart(stages, files, tokens).draw();
    }

    private String draw() {
        double lowest = 0;
        for (int i = 0; i < stages.size(); i++) {
            lowest = Math.max(lowest, stage(i));
        }
        LedgerEntry last = stages.get(stages.size() - 1).getValue();
        double end = LEFT + stages.size() * step;
        node(end, height(last.out()), "kept");
        marks.append(Html.text(
                        "start strong", end + NODE + 8, TOP + height(last.out()) / 2 - 2, Html.count(last.out())))
                .append(Html.text("start", end + NODE + 8, TOP + height(last.out()) / 2 + 16, "documents"))
                .append(Html.text("start", end + NODE + 8, TOP + height(last.out()) / 2 + 34, Html.count(tokens)))
                .append(Html.text("start", end + NODE + 8, TOP + height(last.out()) / 2 + 52, "tokens"));
        return Html.figure(
                "Documents from stage to stage, and what each dropped", WIDTH, lowest + 30, marks.toString());
    }

    /** Draws a stage and gives the lowest place it needs. */
    private double stage(int i) {
        LedgerEntry entry = stages.get(i).getValue();
        double x = LEFT + i * step;
        double out = height(entry.out());
        double lost = height(entry.in() - entry.out());
        marks.append("<path class=\"kept stream\" d=\"M")
                .append(Html.place(x + NODE))
                .append(' ')
                .append(Html.place(TOP))
                .append("h")
                .append(Html.place(step - NODE))
                .append("v")
                .append(Html.place(out))
                .append("h")
                .append(Html.place(NODE - step))
                .append("z\"/>\n");
        double bottom = TOP + height(entry.in());
        if (entry.in() > entry.out()) {
            bottom = fall(x + NODE, TOP + out, Math.max(1.5, lost), entry);
        }
        node(x, height(entry.in()), "node");
        marks.append(Html.text("start strong", x, 16, stages.get(i).getKey()))
                .append(Html.text(
                        "start",
                        x,
                        34,
                        Html.count(entry.in()) + (i == 0 ? " of " + Html.count(files) + " files" : " in")));
        return bottom;
    }

    /** What a stage drops turns down, out of the stream, and ends in its reasons. */
    private double fall(double x, double y, double height, LedgerEntry entry) {
        double turn = Math.min(step * 0.45, 90);
        double down = TOP + STREAM + FALL;
        marks.append("<path class=\"lost stream\" d=\"M")
                .append(point(x, y))
                .append("C")
                .append(point(x + turn + height, y))
                .append(point(x + turn + height, y + 20))
                .append(point(x + turn + height, down))
                .append("L")
                .append(point(x + turn, down))
                .append("C")
                .append(point(x + turn, y + height + 20))
                .append(point(x + turn, y + height))
                .append(point(x, y + height))
                .append("z\"/>\n");
        double text = down + 18;
        marks.append(Html.text("start strong", x, text, "−" + Html.count(entry.in() - entry.out())));
        for (Map.Entry<String, Long> reason : largest(entry)) {
            text += 18;
            marks.append(Html.text("start small", x, text, reason.getKey() + " " + Html.count(reason.getValue())));
        }
        return text;
    }

    private static List<Map.Entry<String, Long>> largest(LedgerEntry entry) {
        return entry.dropped().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(4)
                .toList();
    }

    private void node(double x, double height, String kind) {
        marks.append("<rect class=\"")
                .append(kind)
                .append("\" x=\"")
                .append(Html.place(x))
                .append("\" y=\"")
                .append(Html.place(TOP))
                .append("\" width=\"")
                .append(Html.place(NODE))
                .append("\" height=\"")
                .append(Html.place(Math.max(1, height)))
                .append("\"/>\n");
    }

    private double height(long documents) {
        return STREAM * documents / most;
    }

    private static String point(double x, double y) {
        return Html.place(x) + " " + Html.place(y) + " ";
    }
}
