package corpusmill.jobs.testing;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Compares datasets of Spark row by row; the only place that knows which library does it. */
public final class DatasetComparison {

    private static final JavaDataFrameSuiteBase COMPARER = new Comparer();

    private DatasetComparison() {}

    /** Fails unless both have the same schema and the same rows in the same order. */
    public static void assertEqual(Dataset<Row> expected, Dataset<Row> actual) {
        COMPARER.assertDataFrameEquals(expected, actual);
    }

    /** Fails unless both have the same schema and the same rows, doubles within a tolerance, in the same order. */
    public static void assertEqual(Dataset<Row> expected, Dataset<Row> actual, double tolerance) {
        COMPARER.assertDataFrameApproximateEquals(expected, actual, tolerance);
    }

    /** Fails unless both have the same rows in any order, repeats counted. */
    public static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
        COMPARER.assertDataFrameNoOrderEquals(expected, actual);
    }

    /** The comparer shows differences by the session of the test. */
    private static final class Comparer extends JavaDataFrameSuiteBase {
        @Override
        public SparkSession spark() {
            return SparkSession.active();
        }
    }
}
