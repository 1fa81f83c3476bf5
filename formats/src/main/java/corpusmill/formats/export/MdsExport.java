package corpusmill.formats.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.SplitEntry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * MDS version 2, as mosaicml-streaming's {@code streaming/base/format/mds} has it: number of samples, their places,
 * the description as JSON, then the samples. A sample is a row's tokens, of fixed size, so it has no length before it.
 */
final class MdsExport implements SplitExport {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final long SHARD_BYTES = 1L << 26;

    @Override
    public void write(Dataset dataset, String split, ExportFolder out) throws IOException {
        SplitEntry entry = Objects.requireNonNull(dataset.manifest().splits().get(split));
        String encoding = "ndarray:" + dataset.manifest().tokenType().dtype() + ":"
                + dataset.manifest().sequenceLength();
        Columns columns = new Columns(encoding, entry.rowBytes());
        byte[] description = json(columns::write);
        long most = Math.max(1, (SHARD_BYTES - 8 - description.length) / (entry.rowBytes() + 4L));
        List<Shard> shards = new ArrayList<>();
        for (long from = 0; from < entry.rows(); from += most) {
            long first = from;
            int samples = (int) Math.min(most, entry.rows() - from);
            String name = String.format(Locale.ROOT, "shard.%05d.mds", shards.size());
            MessageDigest sha1 = sha1();
            out.write(split + "/" + name, stream -> {
                OutputStream buffered = new BufferedOutputStream(new DigestOutputStream(stream, sha1), 1 << 18);
                buffered.write(head(samples, entry.rowBytes(), description));
                dataset.rows(split, first, first + samples, (place, row) -> buffered.write(row.tokens()));
                buffered.flush();
            });
            long bytes = 4 + 4L * (samples + 1) + description.length + (long) samples * entry.rowBytes();
            shards.add(new Shard(name, samples, bytes, HexFormat.of().formatHex(sha1.digest())));
        }
        byte[] index = json(json -> index(json, columns, shards));
        out.write(split + "/index.json", stream -> stream.write(index));
    }

    private static byte[] head(int samples, int rowBytes, byte[] description) {
        ByteBuffer head =
                ByteBuffer.allocate(8 + 4 * samples + description.length).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(samples);
        for (int sample = 0; sample <= samples; sample++) {
            head.putInt(Math.toIntExact(head.capacity() + (long) sample * rowBytes));
        }
        return head.put(description).array();
    }

    private static void index(JsonGenerator json, Columns columns, List<Shard> shards) throws IOException {
        json.writeArrayFieldStart("shards");
        for (Shard shard : shards) {
            json.writeStartObject();
            columns.write(json);
            json.writeObjectFieldStart("raw_data");
            json.writeStringField("basename", shard.name);
            json.writeNumberField("bytes", shard.bytes);
            json.writeObjectFieldStart("hashes");
            json.writeStringField("sha1", shard.sha1);
            json.writeEndObject();
            json.writeEndObject();
            json.writeNumberField("samples", shard.samples);
            json.writeNullField("zip_data");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("version", 2);
    }

    private record Shard(String name, int samples, long bytes, String sha1) {}

    /** What every shard says of its columns. */
    private record Columns(String encoding, int bytes) {

        void write(JsonGenerator json) throws IOException {
            one(json, "column_encodings", encoding);
            one(json, "column_names", "tokens");
            json.writeArrayFieldStart("column_sizes");
            json.writeNumber(bytes);
            json.writeEndArray();
            json.writeNullField("compression");
            json.writeStringField("format", "mds");
            one(json, "hashes", "sha1");
            json.writeNumberField("size_limit", SHARD_BYTES);
            json.writeNumberField("version", 2);
        }

        private static void one(JsonGenerator json, String name, String value) throws IOException {
            json.writeArrayFieldStart(name);
            json.writeString(value);
            json.writeEndArray();
        }
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] json(Fields fields) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
