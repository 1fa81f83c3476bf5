package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.device.GpuForm;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Stage;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Documents → band keys, the one pass over texts. What is shuffled on their account is id, rank and key, never a text.
 *
 * @param near the configuration
 * @param ranking which of two documents is better
 * @param drawn condition on a document: its text is kept beside its keys, as it goes through anyway
 */
public record SignatureStage(NearConfig near, Ranking ranking, Column drawn) implements Stage<Document, DocumentKeys> {

    /** A row per band of a document. */
    public static Dataset<Signature> bands(Dataset<DocumentKeys> documents) {
        return documents
                .select(
                        col("id"),
                        col("rank0"),
                        col("rank1"),
                        posexplode(col("keys")).as(new String[] {"band", "key"}))
                .as(RecordEncoder.of(Signature.class));
    }

    @Override
    public Dataset<DocumentKeys> apply(Dataset<Document> documents) {
        UserDefinedFunction keys = udf(GpuForm.of(new BandKeys(near)), DataTypes.createArrayType(DataTypes.LongType));
        List<Column> columns = new ArrayList<>(List.of(col("id")));
        columns.addAll(ranking.columns());
        columns.add(keys.apply(col("text").cast("binary")).as("keys"));
        columns.add(when(drawn, col("text")).as("drawn"));
        return documents.select(columns.toArray(Column[]::new)).as(RecordEncoder.of(DocumentKeys.class));
    }
}
