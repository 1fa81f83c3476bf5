package corpusmill.jobs.tokenize;

import static org.apache.spark.sql.functions.col;

import corpusmill.formats.shard.TokenType;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.MappedIterator;
import corpusmill.jobs.flow.PerJvm;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Stage;
import corpusmill.jobs.flow.TokenizedDocument;
import corpusmill.tokenizer.Tokenizer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;

/**
 * Documents → token ids. The one stage whose work is all kernel: bytes in, packed ids out. The tokenizer is loaded once
 * per executor and shared by its tasks.
 *
 * @param source the tokenizer
 * @param type how an id is stored
 * @param append ids put after every document
 * @param sample the documents on which the fast engine is compared with the reference engine
 */
public record TokenizeStage(TokenizerSource source, TokenType type, int[] append, DocumentSample sample)
        implements Stage<Document, TokenizedDocument> {

    private static final PerJvm<TokenizerSource, Tokenizer> TOKENIZERS = new PerJvm<>();

    /**
     * Loads a tokenizer into this JVM, or gives the one that is loaded.
     *
     * @throws corpusmill.tokenizer.TokenizerException if it cannot be used so
     */
    public static Tokenizer load(TokenizerSource source) {
        return TOKENIZERS.get(source, TokenizerSource::open);
    }

    /** What executors load: the engine chosen here, and the digest of its proof, so that only the driver proves it. */
    static TokenizerSource chosen(TokenizerSource source) {
        Tokenizer opened = load(source);
        TokenizerSource chosen = source.as(opened);
        TOKENIZERS.get(chosen, same -> opened);
        return chosen;
    }

    @Override
    public Dataset<TokenizedDocument> apply(Dataset<Document> documents) {
        Broadcast<TokenizerSource> shared = JavaSparkContext.fromSparkContext(
                        documents.sparkSession().sparkContext())
                .broadcast(chosen(source));
        TokenType width = type;
        int[] ends = append;
        DocumentSample compared = sample;
        MapPartitionsFunction<Text, TokenizedDocument> tokenize = texts -> {
            Tokenizer tokenizer = load(shared.value());
            DocumentTokenizer kernel =
                    new DocumentTokenizer(tokenizer.encoder(), width, ends, compared.check(tokenizer));
            return new MappedIterator<>(texts, text -> kernel.tokenize(text.id(), text.source(), text.text()));
        };
        return documents
                .select(col("id"), col("source"), col("text").cast("binary").as("text"))
                .as(RecordEncoder.of(Text.class))
                .mapPartitions(tokenize, RecordEncoder.of(TokenizedDocument.class));
    }

    /**
     * What the kernel needs of a document.
     *
     * @param text UTF-8
     */
    public record Text(long id, int source, byte[] text) {}
}
