package corpusmill.jobs.report;

import java.util.List;

/**
 * Two short texts as HTML, what one has and the other has not marked: what stays unmarked is a longest common subsequence
 * of their words.
 */
final class SideBySide {

    private final List<String> first;
    private final List<String> second;
    private final int[][] common;

    SideBySide(String first, String second) {
        this.first = Words.of(first);
        this.second = Words.of(second);
        this.common = new int[this.first.size() + 1][this.second.size() + 1];
        for (int i = this.first.size() - 1; i >= 0; i--) {
            for (int j = this.second.size() - 1; j >= 0; j--) {
                common[i][j] = this.first.get(i).equals(this.second.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
    }

    /** The first text. */
    String first() {
        return marked(true);
    }

    /** The second text. */
    String second() {
        return marked(false);
    }

    private String marked(boolean ofFirst) {
        StringBuilder html = new StringBuilder();
        boolean open = false;
        int i = 0;
        int j = 0;
        while (i < first.size() || j < second.size()) {
            boolean same = i < first.size() && j < second.size() && first.get(i).equals(second.get(j));
            boolean takesFirst = same || j == second.size() || i < first.size() && common[i + 1][j] >= common[i][j + 1];
            if (same || takesFirst == ofFirst) {
                if (open == same) {
                    html.append(same ? "</mark>" : "<mark>");
                    open = !same;
                }
                html.append(Html.escape(takesFirst ? first.get(i) : second.get(j)));
            }
            i += takesFirst ? 1 : 0;
            j += same || !takesFirst ? 1 : 0;
        }
        return html.append(open ? "</mark>" : "").toString();
    }
}
