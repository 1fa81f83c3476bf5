package corpusmill.jobs.report;

import java.util.ArrayList;
import java.util.List;

/** Lying bars, one for each name, drawn as SVG. */
final class BarChart {

    private static final double WIDTH = 960;
    private static final double ROW = 26;
    private static final double NAMES = 250;
    private static final double NUMBERS = 150;
    private static final int LONGEST_NAME = 34;

    private final String title;
    private final String kind;
    private final List<Bar> bars = new ArrayList<>();

    /** @param kind the class of a bar: {@code kept} or {@code lost} */
    BarChart(String title, String kind) {
        this.title = title;
        this.kind = kind;
    }

    /** Adds a bar below the others. */
    void bar(String name, double value, String number) {
        bars.add(new Bar(name, value, number));
    }

    /** The picture; empty without bars. */
    String html() {
        if (bars.isEmpty()) {
            return "";
        }
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(0);
        StringBuilder marks = new StringBuilder();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double width = most <= 0 ? 0 : (WIDTH - NAMES - NUMBERS) * bar.value() / most;
            double y = i * ROW;
            marks.append(Html.text("end", NAMES - 10, y + 18, shortened(bar.name())))
                    .append("<rect class=\"")
                    .append(kind)
                    .append("\" x=\"")
                    .append(Html.place(NAMES))
                    .append("\" y=\"")
                    .append(Html.place(y + 4))
                    .append("\" height=\"18\" rx=\"2\" width=\"")
                    .append(Html.place(Math.max(1, width)))
                    .append("\"/>\n")
                    .append(Html.text("start", NAMES + Math.max(1, width) + 8, y + 18, bar.number()));
        }
        return Html.figure(title, WIDTH, bars.size() * ROW + 4, marks.toString());
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private record Bar(String name, double value, String number) {}
}
