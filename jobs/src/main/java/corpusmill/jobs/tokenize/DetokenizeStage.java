package corpusmill.jobs.tokenize;

import corpusmill.formats.shard.TokenType;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.MappedIterator;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Stage;
import corpusmill.jobs.flow.TokenizedDocument;
import corpusmill.tokenizer.Tokenizer;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;

/**
 * Token ids → texts, without what was put after them. Not every tokenizer gives back the text it was given: the caller
 * has to compare.
 *
 * @param source the tokenizer
 * @param type how an id is stored
 * @param append ids put after every document
 */
public record DetokenizeStage(TokenizerSource source, TokenType type, int[] append)
        implements Stage<TokenizedDocument, Document> {

    @Override
    public Dataset<Document> apply(Dataset<TokenizedDocument> documents) {
        Broadcast<TokenizerSource> shared = JavaSparkContext.fromSparkContext(
                        documents.sparkSession().sparkContext())
                .broadcast(TokenizeStage.chosen(source));
        TokenType width = type;
        int[] ends = append;
        MapPartitionsFunction<TokenizedDocument, Document> decode = rows -> {
            Tokenizer tokenizer = TokenizeStage.load(shared.value());
            return new MappedIterator<>(
                    rows,
                    row -> new Document(
                            row.id(), row.source(), tokenizer.decode(text(row.tokens(), width, ends)), null));
        };
        return documents.mapPartitions(decode, RecordEncoder.of(Document.class));
    }

    private static int[] text(byte[] tokens, TokenType type, int[] append) {
        int[] ids = new int[tokens.length / type.bytes()];
        Arrays.setAll(ids, at -> type.get(tokens, at));
        int end = ids.length - append.length;
        return end >= 0 && Arrays.equals(ids, end, ids.length, append, 0, append.length)
                ? Arrays.copyOf(ids, end)
                : ids;
    }
}
