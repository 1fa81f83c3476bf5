package corpusmill.jobs.dedup.near;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.HostColumnVector;
import corpusmill.jobs.dedup.device.GpuForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The form for the GPU against that for the CPU, by cudf alone, without Spark: the first thing to run on a new machine.
 *
 * <pre>CudfParity FILE TEXTS    writes one JSON object to FILE</pre>
 *
 * Needs a GPU, and {@code -Dai.rapids.cudf.lib-native-dir} or a jar with the native libraries.
 */
final class CudfParity {

    private CudfParity() {}

    public static void main(String[] arguments) throws Exception {
        List<String> texts = ParityTexts.all(17, Integer.parseInt(arguments[1]));
        long begin = System.nanoTime();
        int mismatches = mismatches(texts, new BandKeys(Documents.words(0.8))).size();
        Files.writeString(
                Path.of(arguments[0]),
                "{\"form\":\"cudf\",\"documents\":%d,\"mismatches\":%d,\"seconds\":%.3f}"
                        .formatted(texts.size(), mismatches, (System.nanoTime() - begin) / 1e9));
    }

    /** The numbers of the texts whose keys differ; one more text, the last, is null. */
    static List<Integer> mismatches(List<String> texts, BandKeys keys) {
        GpuBandKeys gpu = (GpuBandKeys) GpuForm.of(keys);
        String[] all = texts.toArray(new String[texts.size() + 1]);
        List<Integer> mismatches = new ArrayList<>();
        try (ColumnVector strings = ColumnVector.fromStrings(all);
                ColumnVector bytes = strings.asByteList();
                ColumnVector given = gpu.evaluateColumnar(all.length, bytes);
                HostColumnVector host = given.copyToHost()) {
            for (int row = 0; row < all.length; row++) {
                String text = all[row];
                List<Long> expected = new ArrayList<>();
                for (long key : keys.call(text == null ? null : text.getBytes(UTF_8))) {
                    expected.add(key);
                }
                if (!expected.equals(host.getList(row))) {
                    mismatches.add(row);
                }
            }
        }
        return mismatches;
    }
}
