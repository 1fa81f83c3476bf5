package corpusmill.formats.export;

import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.shard.PackedSequence;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * The arrays of dolma and OLMo-core, two files a shard: {@code .npy} with the ids of whole rows and no header whatever
 * its name says, and {@code .csv.gz} with a line for every piece of a document: exclusive range in the array, a name
 * (split, row and number of the piece), the shard and the row within it. Padding belongs to no line.
 */
final class OlmoExport implements SplitExport {

    @Override
    public void write(Dataset dataset, String split, ExportFolder out) throws IOException {
        SplitEntry entry = Objects.requireNonNull(dataset.manifest().splits().get(split));
        for (int shard = 0; shard < entry.shards(); shard++) {
            long from = shard * entry.rowsPerShard();
            long to = from + entry.rowsOf(shard);
            String name = String.format(Locale.ROOT, "%s/part-0-%05d", split, shard);
            String path = entry.path(shard);
            out.write(name + ".npy", stream -> {
                OutputStream buffered = new BufferedOutputStream(stream, 1 << 18);
                dataset.rows(split, from, to, (place, row) -> buffered.write(row.tokens()));
                buffered.flush();
            });
            out.write(name + ".csv.gz", stream -> {
                GZIPOutputStream zipped = new GZIPOutputStream(stream);
                Writer lines = new BufferedWriter(new OutputStreamWriter(zipped, StandardCharsets.UTF_8));
                int length = dataset.manifest().sequenceLength();
                dataset.rows(split, from, to, (place, row) -> {
                    String where = "," + split + ":" + place + ":%d," + path + "," + (place - from) + "\n";
                    lines(lines, row, (place - from) * length, where);
                });
                lines.flush();
                zipped.finish();
            });
        }
    }

    private static void lines(Writer out, PackedSequence row, long start, String where) throws IOException {
        long from = 0;
        for (int piece = 0; piece < row.ends().length; piece++) {
            int end = row.ends()[piece];
            if (end <= row.valid()) {
                out.write((start + from) + "," + (start + end) + where.replace("%d", Integer.toString(piece)));
            }
            from = end;
        }
    }
}
