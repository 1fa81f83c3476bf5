package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import corpusmill.jobs.config.NearConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Band keys of {@code words:N} by SQL expressions alone: the definition of a signature, of which the Java kernel is the
 * fast form. No lambda captures a column, so that the columns of a GPU hold each text once.
 *
 * @param bands the cut of the signature
 * @param words words per shingle, at least 2
 * @param seed keys the permutations
 */
public record SqlSignatures(LshBands bands, int words, long seed) {

    /** The 25 code points of the Unicode property White_Space, spelt out: {@code \s} means fewer. */
    private static final String WHITE_SPACE =
            "[\t\n\u000B\f\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+";

    /** Of a configuration that says {@code words:N}. */
    public static SqlSignatures of(NearConfig near) {
        return new SqlSignatures(
                LshBands.of(near.threshold(), near.recall()), near.shingle().size(), near.seed());
    }

    /** The columns {@code id} and {@code keys}, one key per band; no row for a text without words. */
    public Dataset<Row> keys(Dataset<?> documents) {
        Dataset<Row> shingles =
                shingles(documents).select(col("id"), explode(col("shingles")).as("shingle"));
        List<Column> minima = new ArrayList<>();
        for (int k = 0; k < bands.minima(); k++) {
            minima.add(min(xxhash64(lit(seed), lit((long) k), col("shingle"))).as("m" + k));
        }
        return shingles.groupBy("id")
                .agg(minima.get(0), minima.subList(1, minima.size()).toArray(Column[]::new))
                .select(
                        col("id"),
                        array(IntStream.range(0, bands.bands())
                                        .mapToObj(this::key)
                                        .toArray(Column[]::new))
                                .as("keys"));
    }

    private Column key(int band) {
        Column[] hashed = new Column[1 + bands.rows()];
        hashed[0] = lit((long) band);
        for (int row = 0; row < bands.rows(); row++) {
            hashed[1 + row] = col("m" + (band * bands.rows() + row));
        }
        return xxhash64(hashed);
    }

    private Dataset<Row> shingles(Dataset<?> documents) {
        Column spaced = split(col("text"), WHITE_SPACE);
        Column hashes = transform(filter(spaced, word -> word.notEqual("")), word -> xxhash64(word));
        Column count = size(col("hashes"));
        Column[] shifted = IntStream.range(0, words)
                .mapToObj(i -> slice(col("hashes"), lit(i + 1), count.minus(words - 1)))
                .toArray(Column[]::new);
        Column runs = transform(arrays_zip(shifted), run -> xxhash64(run));
        return documents
                .select(col("id"), hashes.as("hashes"))
                .filter(count.gt(0))
                .select(
                        col("id"),
                        when(count.geq(words), runs)
                                .otherwise(array(xxhash64(col("hashes"))))
                                .as("shingles"));
    }
}
