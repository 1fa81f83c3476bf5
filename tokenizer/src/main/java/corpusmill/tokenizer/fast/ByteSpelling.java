package corpusmill.tokenizer.fast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The spelling of bytes as characters in the files of byte-level BPE: the 188 printable bytes of Latin-1 stand for
 * themselves, the others for U+0100 and up, in order (GPT-2's {@code bytes_to_unicode}).
 */
public final class ByteSpelling {
    private static final int[] BYTES = bytes();

    private ByteSpelling() {}

    private static int[] bytes() {
        int[] bytes = new int[0x100 + 68];
        Arrays.fill(bytes, -1);
        int next = 0x100;
        for (int value = 0; value < 256; value++) {
            boolean printable =
                    value > ' ' && value < 0x7f || value >= 0xa1 && value <= 0xac || value >= 0xae && value <= 0xff;
            bytes[printable ? value : next++] = value;
        }
        return bytes;
    }

    /** The bytes that a token spells, or null if a character is none of the 256. */
    public static byte @Nullable [] bytes(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char spelled = token.charAt(i);
            if (spelled >= BYTES.length || BYTES[spelled] < 0) {
                return null;
            }
            bytes[i] = (byte) BYTES[spelled];
        }
        return bytes;
    }
}
