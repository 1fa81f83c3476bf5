package corpusmill.jobs.tokenize;

import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Counts and hashes the ids of documents, in any order of documents: ids as little-endian u32, SHA-256 over each. */
final class HashedIds {
    private final MessageDigest sha256;
    private final TokenBuffer ids = new TokenBuffer();
    private int documents;
    private long tokens;
    private long sum;

    HashedIds() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Number of ids and the first 16 hexadecimal digits of their hash. */
    String add(TokenEncoder encoder, byte[] utf8) {
        ids.clear();
        encoder.encode(utf8, 0, utf8.length, ids);
        ByteBuffer bytes = ByteBuffer.allocate(4 * ids.size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(ids.toArray());
        long start = ByteBuffer.wrap(sha256.digest(bytes.array())).getLong();
        documents++;
        tokens += ids.size();
        sum += start;
        return String.format("%d %016x", ids.size(), start);
    }

    @Override
    public String toString() {
        return String.format("%d documents, %d ids, sum %016x", documents, tokens, sum);
    }
}
