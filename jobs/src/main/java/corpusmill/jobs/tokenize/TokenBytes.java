package corpusmill.jobs.tokenize;

import corpusmill.formats.shard.TokenType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Ids as little-endian bytes. */
public final class TokenBytes {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private TokenBytes() {}

    /**
     * Writes the id at a place, counted in ids.
     *
     * @throws IllegalArgumentException if the type cannot hold it
     */
    public static void put(byte[] bytes, int place, int id, TokenType type) {
        if (id < 0 || id > type.max()) {
            throw new IllegalArgumentException("token id must be in [0, " + type.max() + "] but was " + id);
        }
        if (type == TokenType.UINT16) {
            bytes[2 * place] = (byte) id;
            bytes[2 * place + 1] = (byte) (id >>> 8);
        } else {
            INT.set(bytes, 4 * place, id);
        }
    }
}
