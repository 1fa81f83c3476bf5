package corpusmill.jobs.report;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A curve over similarity from 0 to 1 that goes from 0 to 1, and a mark at the threshold, drawn as SVG. */
final class CurveChart {

    private static final double LEFT = 70;
    private static final double TOP = 30;
    private static final double WIDTH = 840;
    private static final double HEIGHT = 240;
    private static final int STEPS = 200;

    private final String title;
    private final DoubleUnaryOperator curve;
    private final StringBuilder dots = new StringBuilder();

    CurveChart(String title, DoubleUnaryOperator curve) {
        this.title = title;
        this.curve = curve;
    }

    /** Marks what was measured at a similarity. */
    void dot(double similarity, double probability) {
        dots.append("<circle class=\"dot\" r=\"5\" cx=\"")
                .append(Html.place(x(similarity)))
                .append("\" cy=\"")
                .append(Html.place(y(probability)))
                .append("\"/>\n");
    }

    /** The picture. */
    String html(double threshold) {
        StringBuilder marks = new StringBuilder();
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            String number = String.format(Locale.ROOT, "%.1f", tenth / 10.0);
            marks.append(line("grid", LEFT, y(tenth / 10.0), LEFT + WIDTH, y(tenth / 10.0)))
                    .append(Html.text("end", LEFT - 10, y(tenth / 10.0) + 5, number))
                    .append(Html.text("middle", x(tenth / 10.0), y(0) + 22, number));
        }
        StringBuilder points = new StringBuilder();
        for (int step = 0; step <= STEPS; step++) {
            double similarity = (double) step / STEPS;
            points.append(step == 0 ? "" : " ")
                    .append(Html.place(x(similarity)))
                    .append(',')
                    .append(Html.place(y(curve.applyAsDouble(similarity))));
        }
        marks.append("<polyline class=\"curve\" points=\"")
                .append(points)
                .append("\"/>\n")
                .append(dots)
                .append(line("mark", x(threshold), y(0), x(threshold), y(1)))
                .append(Html.text("end", x(threshold) - 8, y(1) - 10, "threshold " + threshold));
        return Html.figure(title, LEFT + WIDTH + 40, TOP + HEIGHT + 30, marks.toString());
    }

    private static double x(double similarity) {
        return LEFT + WIDTH * similarity;
    }

    private static double y(double probability) {
        return TOP + HEIGHT * (1 - probability);
    }

    private static String line(String kind, double x1, double y1, double x2, double y2) {
        return "<path class=\"" + kind + "\" d=\"M" + Html.place(x1) + " " + Html.place(y1) + "L" + Html.place(x2) + " "
                + Html.place(y2) + "\"/>\n";
    }
}
