package corpusmill.jobs.report;

/** A table of HTML; cells are HTML already. */
final class Table {

    private final StringBuilder rows = new StringBuilder();
    private final String head;

    Table(String... columns) {
        this.head = row("th", columns);
    }

    void row(String... cells) {
        rows.append(row("td", cells));
    }

    private static String row(String tag, String... cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String cell : cells) {
            row.append('<')
                    .append(tag)
                    .append('>')
                    .append(cell)
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        return row.append("</tr>\n").toString();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String html() {
        return "<table><thead>" + head + "</thead><tbody>\n" + rows + "</tbody></table>";
    }
}
