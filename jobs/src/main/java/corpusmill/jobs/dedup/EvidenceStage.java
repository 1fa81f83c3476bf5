package corpusmill.jobs.dedup;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.flow.RemovedDocument;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Removals of both stages → one row per removed document whose second document is in the dataset. A copy of a document
 * that was itself removed as a near-duplicate points on to the document that is kept: their similarity is the same,
 * since the texts are.
 */
public record EvidenceStage() implements java.io.Serializable {

    /**
     * Brings the evidence together.
     *
     * @param exact removals of identical texts
     * @param near removals among what those left
     */
    public Dataset<RemovedDocument> apply(Dataset<Removal> exact, Dataset<Removal> near) {
        Dataset<Row> onward = near.select(
                col("removed").as("kept"),
                col("kept").as("nearest"),
                col("similarity").as("closeness"));
        Dataset<Row> all = exact.join(onward, new String[] {"kept"}, "left")
                .select(
                        col("removed"),
                        coalesce(col("nearest"), col("kept")).as("kept"),
                        org.apache
                                .spark
                                .sql
                                .functions
                                .when(col("nearest").isNull(), lit(Removal.EXACT))
                                .otherwise(lit(Removal.NEAR))
                                .as("kind"),
                        coalesce(col("closeness"), lit(1.0)).as("similarity"))
                .unionByName(near.toDF());
        Dataset<Row> sizes = all.groupBy("kept").agg(count(lit(1)).plus(1).as("size"));
        return all.join(sizes, "kept")
                .select(
                        col("removed"),
                        col("kept"),
                        col("kind"),
                        col("similarity"),
                        col("kept").as("cluster"),
                        col("size"))
                .as(RecordEncoder.of(RemovedDocument.class));
    }
}
