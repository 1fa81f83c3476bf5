package corpusmill.jobs.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.udf;

import corpusmill.formats.table.DocumentPiece;
import corpusmill.formats.table.TableSchema;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.dedup.exact.RankedHash;
import corpusmill.jobs.dedup.near.Signature;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.shard.ReadDocumentsStage;
import corpusmill.jobs.tokenize.DetokenizeStage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * The documents of the earlier datasets, from their tables: ids as this run numbers them, and ranks before every new
 * document. Texts come from tokens, of those documents alone that are compared.
 *
 * @param run what shares their datasets
 * @param exact how texts are hashed
 */
record EarlierDocuments(Run run, ExactDedupStage exact) {

    // Ranks of new documents are indices of sources, or bytes of a text with a minus: far above these.
    private static final long BEST = -(1L << 62);
    private static final int DATASET_BITS = 34;

    /** The smallest id of a new document. */
    long firstNew() {
        return (long) run.input().first() << 40;
    }

    /** The hashes of their texts. */
    Dataset<RankedHash> hashes() {
        return each((dataset, number) -> signatures(dataset, number).select("id", "rank0", "rank1", "high", "low"))
                .as(RecordEncoder.of(RankedHash.class));
    }

    /** Those of their band keys that a new document has too. */
    Dataset<Signature> signatures(Dataset<Signature> fresh) {
        UDF1<byte[], long[]> longs = bytes -> {
            long[] keys = new long[bytes.length / Long.BYTES];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(keys);
            return keys;
        };
        Column keys = udf(longs, DataTypes.createArrayType(DataTypes.LongType)).apply(col("keys"));
        return each((dataset, number) -> signatures(dataset, number)
                        .select(
                                col("id"),
                                col("rank0"),
                                col("rank1"),
                                posexplode(keys).as(new String[] {"band", "key"})))
                .join(fresh.select("key", "band").distinct(), new String[] {"key", "band"}, "left_semi")
                .select("id", "rank0", "rank1", "band", "key")
                .as(RecordEncoder.of(Signature.class));
    }

    /**
     * Texts, each proven by its hashes: one that the tokens do not give back is left out.
     *
     * @param ids of the documents, column {@code id}, each once
     */
    Dataset<Document> texts(Dataset<Row> ids) {
        return each((dataset, number) -> texts(dataset, ids)).as(RecordEncoder.of(Document.class));
    }

    private Dataset<Row> texts(EarlierDataset dataset, Dataset<Row> ids) {
        Dataset<Row> here = ids.select(col("id").minus(dataset.idShift()).as("id"));
        Dataset<DocumentPiece> pieces = read(
                        dataset, TableSchema.DOCUMENTS, "id long, split string, row long, start int, length int")
                .join(here, new String[] {"id"}, "left_semi")
                .as(RecordEncoder.of(DocumentPiece.class));
        Dataset<Document> decoded = pieces.transform(new ReadDocumentsStage(
                        dataset.root(), run.hadoop(), dataset.manifest().splits())::apply)
                .transform(new DetokenizeStage(
                        run.tokenizerSource(),
                        dataset.manifest().tokenType(),
                        dataset.manifest().tokenizer().append().stream()
                                .mapToInt(id -> id)
                                .toArray())::apply);
        Dataset<Row> expected = read(dataset, TableSchema.SIGNATURES, "id long, high long, low long")
                .join(here, new String[] {"id"}, "left_semi");
        return exact.hashed(decoded)
                .join(expected, new String[] {"id", "high", "low"}, "left_semi")
                .select(col("id").plus(dataset.idShift()).as("id"), col("source"), col("text"), col("key"));
    }

    private Dataset<Row> signatures(EarlierDataset dataset, int number) {
        Ranking ranking = exact.ranking();
        long best = BEST + ((long) number << DATASET_BITS) + (1L << DATASET_BITS - 1);
        List<Column> rank = ranking.columns(col("bytes"));
        return read(
                        dataset,
                        TableSchema.SIGNATURES,
                        "id long, source int, bytes long, high long, low long, keys binary")
                .select(
                        col("id").plus(dataset.idShift()).as("id"),
                        rank.get(0).plus(lit(best)).as("rank0"),
                        rank.get(1),
                        col("high"),
                        col("low"),
                        col("keys"));
    }

    private Dataset<Row> read(EarlierDataset dataset, TableSchema table, String columns) {
        return StageResult.parquet(run.spark()).schema(columns).parquet(StageResult.place(dataset.table(table)));
    }

    private Dataset<Row> each(BiFunction<EarlierDataset, Integer, Dataset<Row>> make) {
        List<EarlierDataset> datasets = run.earlier().datasets();
        Dataset<Row> all = make.apply(datasets.get(0), 0);
        for (int number = 1; number < datasets.size(); number++) {
            all = all.union(make.apply(datasets.get(number), number));
        }
        return all;
    }
}
