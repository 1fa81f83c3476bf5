package corpusmill.jobs.tokenize;

import corpusmill.formats.order.Mixing;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.proof.TextProof;
import java.io.Serializable;
import java.util.function.ObjLongConsumer;

/**
 * Some of a job's documents, spread over all of them by a hash of their ids, so the same in every run: those on which the
 * fast engine is compared with the reference engine.
 *
 * @param bound what the hash, as an unsigned number, is below
 */
public record DocumentSample(long bound) implements Serializable {
    /** How many documents there are in a sample of a larger number, more or less. */
    public static final int DOCUMENTS = 128;

    /** A sample of so many documents; all of them if there are no more than {@link #DOCUMENTS}. */
    public static DocumentSample of(long documents) {
        return new DocumentSample(documents <= DOCUMENTS ? -1 : Long.divideUnsigned(-1, documents) * DOCUMENTS);
    }

    /** Compares text and id of each document of the sample, for one thread; nothing on the reference engine. */
    ObjLongConsumer<byte[]> check(Tokenizer tokenizer) {
        return TextProof.of(tokenizer)
                .<ObjLongConsumer<byte[]>>map(proof -> (utf8, id) -> {
                    if (holds(id)) {
                        proof.require(utf8);
                    }
                })
                .orElse((utf8, id) -> {});
    }

    /** Whether a document belongs to it. */
    boolean holds(long id) {
        return Long.compareUnsigned(Mixing.mix64(id), bound) < 0;
    }
}
