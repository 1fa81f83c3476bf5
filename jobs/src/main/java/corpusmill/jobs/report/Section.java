package corpusmill.jobs.report;

/**
 * A part of the page: a heading, a sentence, a picture and the same as a table. A new part is made by one class with a
 * method that gives a section, and named in {@link ReportPage}.
 *
 * @param title of the heading
 * @param sentence below it, HTML
 * @param picture SVG in HTML; empty for none
 * @param table the same in numbers
 */
record Section(String title, String sentence, String picture, Table table) {

    Section(String title, String sentence, Table table) {
        this(title, sentence, "", table);
    }

    /** Nothing, where there is nothing to count. */
    String html() {
        if (table.isEmpty()) {
            return "";
        }
        return "<section>\n<h2>" + title + "</h2>\n<p>" + sentence + "</p>\n" + picture + "<div class=\"scroll\">"
                + table.html() + "</div>\n</section>\n";
    }
}
