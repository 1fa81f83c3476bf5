package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cuts the kit for GPU machines: on a library made here by the layout that trim.py describes. */
class KitTest {

    private static final int CODE = 256; // where the section of GPU code lies
    private static final int ENTRY = 64; // its headers
    private static final int PAYLOAD = 32;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"build.sh", "run.sh"})
    void isWellFormed(String script) throws Exception {
        Path file = Repository.root().resolve("jobs/kit").resolve(script);
        assertThat(run("bash", "-n", file.toString())).isEmpty();
        assertThat(Files.isExecutable(file)).isTrue();
    }

    @Test
    void zeroesTheCodeOfOtherGpusOnly() throws Exception {
        assumeTrue(hasPython(), "there is no python3");
        byte[] before = library(new int[][] {{2, 80}, {2, 90}, {1, 90}});
        Path library = Files.write(folder.resolve("lib.so"), before);
        assertThat(trim(library, 90)).isEqualTo("kept 32 bytes of GPU code, zeroed 64\n");
        byte[] after = Files.readAllBytes(library);
        byte[] expected = before.clone();
        for (int zeroed : new int[] {0, 2}) {
            int begin = CODE + 16 + zeroed * (ENTRY + PAYLOAD) + ENTRY;
            Arrays.fill(expected, begin, begin + PAYLOAD, (byte) 0);
        }
        assertThat(after).isEqualTo(expected);
        assertThat(trim(library, 75)).contains("has no machine code for architecture 75");
        assertThat(trim(Files.writeString(folder.resolve("text"), "x".repeat(100)), 90))
                .contains("not a 64-bit little-endian ELF file");
    }

    private static String trim(Path library, int architecture) throws Exception {
        String script = Repository.root().resolve("jobs/kit/trim.py").toString();
        return run("python3", script, library.toString(), Integer.toString(architecture));
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return run("python3", "--version").startsWith("Python 3");
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }

    /** An ELF file of two sections, names and GPU code; the code has one fat binary of entries (kind, architecture). */
    private static byte[] library(int[][] entries) {
        int length = entries.length * (ENTRY + PAYLOAD);
        ByteBuffer elf = ByteBuffer.allocate(CODE + 16 + length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1});
        elf.putLong(40, 64).putShort(58, (short) 64).putShort(60, (short) 2).putShort(62, (short) 0);
        elf.put(200, "\0.nv_fatbin\0.names\0".getBytes(StandardCharsets.US_ASCII));
        elf.putInt(64, 12).putLong(64 + 24, 200).putLong(64 + 32, 19);
        elf.putInt(128, 1).putLong(128 + 24, CODE).putLong(128 + 32, 16 + length);
        elf.putInt(CODE, 0xBA55ED50).putShort(CODE + 4, (short) 1).putShort(CODE + 6, (short) 16);
        elf.putLong(CODE + 8, length);
        for (int i = 0; i < entries.length; i++) {
            int at = CODE + 16 + i * (ENTRY + PAYLOAD);
            elf.putShort(at, (short) entries[i][0]).putInt(at + 4, ENTRY).putLong(at + 8, PAYLOAD);
            elf.putInt(at + 28, entries[i][1]);
            Arrays.fill(elf.array(), at + ENTRY, at + ENTRY + PAYLOAD, (byte) 7);
        }
        return elf.array();
    }
}
