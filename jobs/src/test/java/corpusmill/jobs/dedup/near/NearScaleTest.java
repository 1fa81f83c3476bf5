package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.dedup.shingle.Shingler;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Skew that no real corpus of this size holds: the work stays bounded, and the figures say by how much. */
class NearScaleTest {

    private final RunCosts costs = new RunCosts();
    private final long begin = System.nanoTime();

    @BeforeEach
    void listen() {
        Documents.spark().sparkContext().addSparkListener(costs);
    }

    @AfterEach
    void leave() {
        Documents.spark().sparkContext().removeSparkListener(costs);
    }

    private void print(String what) throws Exception {
        Documents.spark().sparkContext().listenerBus().waitUntilEmpty();
        System.out.printf("%s: %.1f s, %s%n", what, (System.nanoTime() - begin) / 1e9, costs);
    }

    @Test
    void keepsOneOfFiveThousandCopies() throws Exception {
        keepsOneCopy(5_000);
    }

    @Tag("long")
    @Test
    void keepsOneOfAMillionCopies() throws Exception {
        keepsOneCopy(1_000_000);
    }

    /** Every second document is a copy of one page, the others are all different. */
    private void keepsOneCopy(long copies) throws Exception {
        String page = IntStream.range(0, 150).mapToObj(i -> "page" + i).collect(Collectors.joining(" "));
        Column text = when(col("id").mod(2).equalTo(1), lit(page)).otherwise(concat(lit("other "), col("id")));
        Dataset<Document> documents = documents(2 * copies, text);
        Dataset<Row> removed = new ExactDedupStage(
                        Exact.TRUE, Documents.words(0.8).shingle(), Documents.BY_ID)
                .apply(documents)
                .toDF()
                .localCheckpoint();
        assertThat(removed.count()).isEqualTo(copies - 1);
        assertThat(removed.filter("kept <> 1 or removed % 2 = 0 or removed = 1").count())
                .isZero();
        assertThat(removed.select("removed").distinct().count()).isEqualTo(copies - 1);
        print(copies + " copies");
        // The page, 1,200 bytes, travels with none of them: hash, rank and id do.
        assertThat(costs.shuffled()).isLessThan(2 * copies * 150 + 100_000);
    }

    @ParameterizedTest
    @CsvSource({"2000, 6, 0.88", "2000, 11, 0.81"})
    void boundsTheWorkOnATemplate(int documents, int own, double similarity) throws Exception {
        checkTemplate(documents, own, similarity);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"100000, 6, 0.88", "100000, 28, 0.63", "100000, 16, 0.75"})
    void boundsTheWorkOnATemplateOfAHundredThousand(int documents, int own, double similarity) throws Exception {
        checkTemplate(documents, own, similarity);
    }

    /** Documents of 100 words that all share and some that are each document's own: all pairs are alike the same. */
    private void checkTemplate(int count, int own, double similarity) throws Exception {
        String common = IntStream.range(0, 100).mapToObj(i -> "common" + i).collect(Collectors.joining(" "));
        Column words = expr("transform(sequence(1, " + own + "), i -> concat('own', i, '-', id))");
        Dataset<Document> documents = documents(count, concat_ws(" ", lit(common), words));
        documents = documents.localCheckpoint();
        // Of 96 + own shingles 96 are shared.
        assertThat(96 / (96.0 + 2 * own)).isBetween(similarity, similarity + 0.01);
        NearRun run = NearRun.of(documents, Documents.words(0.8), Documents.BY_ID, CandidateStage.USUAL);
        print(count + " documents of a template at " + similarity + ": " + run.compared() + " pairs compared, "
                + run.skipped() + " not, " + run.removals().size() + " removed");
        if (similarity < 0.8) {
            assertThat(run.removals()).isEmpty();
        } else {
            assertThat(run.removals().size()).isGreaterThan((int) (0.95 * count));
            long[] removed =
                    run.removals().stream().mapToLong(Removal::removed).sorted().toArray();
            assertThat(run.removals())
                    .allMatch(removal -> Arrays.binarySearch(removed, removal.kept()) < 0
                            && Math.abs(removal.similarity() - 96 / (96.0 + 2 * own)) < 1e-12);
        }
        LshBands bands = LshBands.of(0.8, 0.95);
        assertThat(run.compared()).isLessThanOrEqualTo(144L * bands.bands() * count);
    }

    /** Words of 10 bytes until the text is as long as a record may be nearly; the heap holds the text and little more. */
    @Tag("long")
    @Test
    void signsADocumentOfAGigabyteInTheMemoryOfItsSignature() {
        byte[] text = new byte[1_000_000_000];
        for (int word = 0; word < text.length / 10; word++) {
            for (int digit = 0, left = word; digit < 9; digit++, left /= 7) {
                text[10 * word + digit] = (byte) ('a' + left % 7 + digit);
            }
            text[10 * word + 9] = ' ';
        }
        MinHasher hasher = new MinHasher(LshBands.of(0.8, 0.95), 1);
        Shingler shingler = Shingler.of(Documents.words(0.8).shingle());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        shingler.shingle(text, hasher);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        System.out.printf(
                "1 GB document: %,d bytes allocated, %.1f s with making it%n",
                allocated, (System.nanoTime() - begin) / 1e9);
        assertThat(hasher.keys()).hasSize(13);
        assertThat(allocated).isLessThan(1 << 20);
    }

    private static Dataset<Document> documents(long count, Column text) {
        return Documents.spark()
                .range(0, count, 1, 4)
                .select(
                        col("id"),
                        lit(0).as("source"),
                        text.as("text"),
                        lit(null).cast("string").as("key"))
                .as(RecordEncoder.of(Document.class));
    }
}
