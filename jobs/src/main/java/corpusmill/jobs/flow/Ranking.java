package corpusmill.jobs.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;

import corpusmill.jobs.config.DeduplicationConfig.KeepRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * The total order that decides which of two duplicates stays: the rules in order, then the id; smaller is better.
 *
 * @param rules an earlier rule wins
 */
public record Ranking(List<KeepRule> rules) implements Serializable {

    /** Columns a ranking takes before the id. */
    public static final int COLUMNS = 2;

    public Ranking {
        rules = List.copyOf(rules);
    }

    /**
     * The two columns {@code rank0} and {@code rank1} over a dataset of documents; with the id behind them they order
     * all documents.
     */
    public List<Column> columns() {
        return columns(octet_length(col("text")));
    }

    /**
     * The same where the text is not at hand.
     *
     * @param bytes the bytes of the text; beside it the dataset has the column {@code source}
     */
    public List<Column> columns(Column bytes) {
        List<Column> columns = new ArrayList<>();
        for (KeepRule rule : rules) {
            if (rule == KeepRule.FIRST) {
                break;
            }
            columns.add(
                    rule == KeepRule.LONGEST
                            ? bytes.cast("long").unary_$minus()
                            : col("source").cast("long"));
        }
        while (columns.size() < COLUMNS) {
            columns.add(lit(0L));
        }
        return List.of(columns.get(0).as("rank0"), columns.get(1).as("rank1"));
    }
}
