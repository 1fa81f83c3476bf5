package corpusmill.formats.verify;

import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.table.DocumentPiece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the table of documents, to compare it with the manifest. Memory does not grow with the documents. */
final class PieceCounts {

    private static final int MAX_PROBLEMS = 10;

    private final Manifest manifest;
    private final Map<String, long[]> sums = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long row;
    private long last = -1;

    PieceCounts(Manifest manifest) {
        this.manifest = manifest;
    }

    void add(DocumentPiece piece) {
        SplitEntry split = manifest.splits().get(piece.split());
        boolean inside = split != null
                && piece.row() >= 0
                && piece.row() < split.rows()
                && piece.start() >= 0
                && piece.length() > 0
                && piece.start() <= manifest.sequenceLength() - piece.length();
        if (!inside) {
            problem("row " + row + " of the table of documents, " + piece + ", lies outside the dataset");
        }
        if (piece.id() < last) {
            problem("row " + row + " of the table of documents has the id " + piece.id() + " after " + last);
        }
        long[] sum = sums.computeIfAbsent(piece.split(), name -> new long[2]);
        sum[0] += piece.id() == last ? 0 : 1;
        sum[1] += piece.length();
        last = piece.id();
        row++;
    }

    List<String> problems() {
        manifest.splits().forEach((name, split) -> {
            long[] sum = sums.getOrDefault(name, new long[2]);
            if (sum[0] != split.documents() || sum[1] != split.tokens()) {
                problem("the split " + name + " has " + split.documents() + " documents with " + split.tokens()
                        + " tokens in the manifest but " + sum[0] + " with " + sum[1] + " in the table of documents");
            }
        });
        return problems;
    }

    private void problem(String sentence) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(sentence);
        }
    }
}
