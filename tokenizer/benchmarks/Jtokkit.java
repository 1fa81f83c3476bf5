import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Measures jtokkit for peers.py: {@code Jtokkit ENCODING PASSES FILE}. The file holds texts in UTF-8, each behind its
 * length in four bytes. Prints CPU nanoseconds of the first pass over compiled code and of the best later one, and the
 * SHA-256 of the ids as little-endian u32. jtokkit keeps nothing from pass to pass.
 */
public final class Jtokkit {
    public static void main(String[] arguments) throws Exception {
        Encoding encoding = Encodings.newDefaultEncodingRegistry().getEncoding(arguments[0]).orElseThrow();
        int passes = Integer.parseInt(arguments[1]);
        List<String> texts = read(Path.of(arguments[2]));
        long until = System.nanoTime() + 3_000_000_000L;
        do {
            pass(encoding, texts);
        } while (System.nanoTime() < until);
        long first = pass(encoding, texts);
        long warm = first;
        for (int i = 0; i < passes; i++) {
            warm = Math.min(warm, pass(encoding, texts));
        }
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (String text : texts) {
            IntArrayList ids = encoding.encodeOrdinary(text);
            ByteBuffer bytes = ByteBuffer.allocate(4 * ids.size()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < ids.size(); i++) {
                bytes.putInt(ids.get(i));
            }
            sha256.update(bytes.array());
        }
        System.out.println(first + " " + warm + " " + HexFormat.of().formatHex(sha256.digest()));
    }

    private static List<String> read(Path file) throws IOException {
        List<String> texts = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (long left = Files.size(file); left > 0; ) {
                byte[] utf8 = in.readNBytes(in.readInt());
                texts.add(new String(utf8, StandardCharsets.UTF_8));
                left -= 4 + utf8.length;
            }
        }
        return texts;
    }

    private static long pass(Encoding encoding, List<String> texts) {
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (String text : texts) {
            encoding.encodeOrdinary(text);
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
    }
}
