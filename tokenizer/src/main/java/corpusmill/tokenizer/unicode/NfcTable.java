package corpusmill.tokenizer.unicode;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The resource of {@link Nfc}: runs of one byte, as in {@link UnicodeTables}. */
final class NfcTable {
    static final String RESOURCE = "nfc-16.0.bin";

    private NfcTable() {}

    /** Fills the pages and returns what they point to. */
    static byte[] load(char[] pages) {
        try (InputStream resource = NfcTable.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            DataInputStream in = new DataInputStream(new BufferedInputStream(resource));
            int[] classes = new int[UnicodeTables.CODE_POINTS];
            for (int at = 0; at < classes.length; ) {
                int end = at + UnicodeTables.length(in);
                Arrays.fill(classes, at, end, in.readByte());
                at = end;
            }
            return UnicodeTables.bytes(UnicodeTables.share(classes, pages));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
