package corpusmill.jobs.report;

import java.util.Locale;

/** How numbers and names are written into the page, the same in every locale. */
final class Html {

    private Html() {}

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    static String percent(long part, long whole) {
        return whole == 0 ? "" : String.format(Locale.ROOT, "%.3f %%", 100.0 * part / whole);
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }

    /** A length or place in a picture, in its units. */
    static String place(double place) {
        return String.format(Locale.ROOT, "%.1f", place);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A picture that is as wide as the page and, on a narrow screen, is scrolled instead of shrunk beyond reading. */
    static String figure(String title, double width, double height, String marks) {
        return "<div class=\"scroll\"><svg role=\"img\" viewBox=\"0 0 " + place(width) + " " + place(height)
                + "\" xmlns=\"http://www.w3.org/2000/svg\"><title>" + escape(title) + "</title>\n" + marks
                + "</svg></div>\n";
    }

    /** Text in a picture; the class says how it is aligned. */
    static String text(String kind, double x, double y, String text) {
        return "<text class=\"" + kind + "\" x=\"" + place(x) + "\" y=\"" + place(y) + "\">" + escape(text)
                + "</text>\n";
    }
}
