package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision on graphs of every shape, in one task and in rounds, against arrays and a union-find. */
class KeepStageTest {

    /** Edges (one, other) over the documents 0 to n, as columns. */
    private enum Shape {
        CHAIN {
            @Override
            Dataset<Row> edges(int count) {
                return range(count)
                        .select(col("id").as("one"), col("id").plus(1).as("other"));
            }
        },
        STARS { // of a thousand rays

            @Override
            Dataset<Row> edges(int count) {
                Column center = col("id").minus(col("id").mod(1000));
                return range(count)
                        .select(center.as("one"), col("id").plus(1000).as("other"));
            }
        },
        GRID { // of rows of a hundred; every other edge goes down

            @Override
            Dataset<Row> edges(int count) {
                Column node = col("id").divide(2).cast("long");
                Column step = functions.when(col("id").mod(2).equalTo(0), 1).otherwise(100);
                return range(count).select(node.as("one"), node.plus(step).as("other"));
            }
        },
        RANDOM {
            @Override
            Dataset<Row> edges(int count) {
                return range(count)
                        .select(
                                hash(col("id"), 1, count).as("one"),
                                hash(col("id"), 2, count).as("other"))
                        .filter(col("one").notEqual(col("other")));
            }
        };

        abstract Dataset<Row> edges(int count);

        static Dataset<Row> range(int count) {
            return Documents.spark().range(count).toDF();
        }

        static Column hash(Column value, int seed, int below) {
            return functions.pmod(functions.xxhash64(functions.lit(seed), value), functions.lit((long) below));
        }
    }

    /** What ranks the documents: their number, as in a corpus whose versions follow each other, or nothing related. */
    private enum Rank {
        ID,
        HASH;

        Column of(Column id) {
            return this == ID ? id : Shape.hash(id, 3, Integer.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @CsvSource({"CHAIN, ID", "CHAIN, HASH", "STARS, HASH", "GRID, HASH", "RANDOM, ID"})
    void equalsAnOracleInOneTaskAndInRounds(Shape shape, Rank rank) {
        Dataset<VerifiedPair> pairs = pairs(shape, rank, 20_000);
        check(pairs, KeepStage.USUAL, 0);
        // A chain that is ranked along itself gives one document a round: the first round shows it.
        check(pairs, new KeepStage(500), 1);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "CHAIN, ID",
        "CHAIN, HASH",
        "STARS, ID",
        "STARS, HASH",
        "GRID, ID",
        "GRID, HASH",
        "RANDOM, ID",
        "RANDOM, HASH"
    })
    void equalsAnOracleOnTenMillionEdges(Shape shape, Rank rank) {
        long begin = System.nanoTime();
        Dataset<VerifiedPair> pairs = pairs(shape, rank, 10_000_000);
        int rounds = check(pairs, KeepStage.USUAL, 1);
        System.out.printf(
                "%s ranked by %s, 10^7 edges: %d rounds, %.1f s with the oracle%n",
                shape, rank, rounds, (System.nanoTime() - begin) / 1e9);
    }

    private static Dataset<VerifiedPair> pairs(Shape shape, Rank rank, int count) {
        Dataset<Row> ranked = shape.edges(count)
                .withColumn("rank", rank.of(col("one")))
                .withColumn("otherRank", rank.of(col("other")));
        Column swapped = col("otherRank")
                .lt(col("rank"))
                .or(col("otherRank").equalTo(col("rank")).and(col("other").lt(col("one"))));
        return ranked.select(
                        functions
                                .when(swapped, col("other"))
                                .otherwise(col("one"))
                                .as("better"),
                        functions
                                .when(swapped, col("one"))
                                .otherwise(col("other"))
                                .as("worse"),
                        functions.greatest(col("rank"), col("otherRank")).as("rank0"),
                        functions.lit(0L).as("rank1"),
                        functions.least(col("rank"), col("otherRank")).as("above0"),
                        functions.lit(0L).as("above1"),
                        functions.lit(0.9).as("similarity"))
                .as(RecordEncoder.of(VerifiedPair.class))
                .localCheckpoint();
    }

    /** Holds the stage against the oracle and gives the number of rounds. */
    private static int check(Dataset<VerifiedPair> pairs, KeepStage stage, int leastRounds) {
        int[] results = {0};
        KeepStage.Intermediate counted = new KeepStage.Intermediate() {
            @Override
            public <T extends Record> Dataset<T> write(
                    String name, java.util.function.Supplier<Dataset<T>> make, Class<T> type) {
                results[0]++;
                return Documents.materialised(name, make, type);
            }
        };
        Dataset<Removal> removals = stage.apply(pairs, pairs.count(), "decided", counted);
        Edges edges = Edges.of(pairs);
        int[] expected = edges.greedy();
        int[] kept = new int[expected.length];
        Arrays.fill(kept, -1);
        for (Row removal : removals.select("removed", "kept").collectAsList()) {
            assertThat(kept[(int) removal.getLong(0)]).isEqualTo(-1);
            kept[(int) removal.getLong(0)] = (int) removal.getLong(1);
        }
        assertThat(Arrays.equals(kept, expected)).isTrue();
        edges.assertOneOfEveryComponentIsKept(kept);
        assertThat(results[0] / 2).isGreaterThanOrEqualTo(leastRounds);
        return results[0] / 2;
    }
}
