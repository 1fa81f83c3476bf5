package corpusmill.jobs.dedup.near;

import corpusmill.jobs.config.DeduplicationConfig.KeepRule;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/** Small corpora, and the near stage over them. The best-ranked document is the one of the smallest id. */
final class Documents {

    static final Ranking BY_ID = new Ranking(List.of(KeepRule.FIRST));

    private Documents() {}

    static SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("near")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "3")
                .getOrCreate();
    }

    /** Texts with the ids 0, 1, …. */
    static Dataset<Document> of(List<String> texts) {
        return spark().createDataset(list(texts), RecordEncoder.of(Document.class));
    }

    static List<Document> list(List<String> texts) {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < texts.size(); id++) {
            documents.add(new Document(id, 0, texts.get(id), null));
        }
        return documents;
    }

    static NearConfig words(double threshold) {
        return new NearConfig(true, new NearConfig.Shingle(NearConfig.Shingle.Unit.WORDS, 5), threshold, 0.95, 1);
    }

    static List<Removal> removals(Dataset<Document> documents, NearConfig near, Ranking ranking) {
        return NearRun.of(documents, near, ranking, CandidateStage.USUAL).removals();
    }

    /** What a stage computes once, without a work folder. */
    static <T extends Record> Dataset<T> materialised(String name, Supplier<Dataset<T>> make, Class<T> type) {
        return make.get().localCheckpoint();
    }
}
