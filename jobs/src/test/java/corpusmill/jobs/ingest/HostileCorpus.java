package corpusmill.jobs.ingest;

import static corpusmill.jobs.ingest.RejectionReason.CORRUPT_COMPRESSION;
import static corpusmill.jobs.ingest.RejectionReason.DUPLICATE_KEY;
import static corpusmill.jobs.ingest.RejectionReason.FIELD_MISSING;
import static corpusmill.jobs.ingest.RejectionReason.FIELD_NOT_TEXT;
import static corpusmill.jobs.ingest.RejectionReason.INVALID_JSON;
import static corpusmill.jobs.ingest.RejectionReason.INVALID_UTF8;
import static corpusmill.jobs.ingest.RejectionReason.LONE_SURROGATE;
import static corpusmill.jobs.ingest.RejectionReason.NESTED_TOO_DEEP;
import static corpusmill.jobs.ingest.RejectionReason.NOT_AN_OBJECT;
import static corpusmill.jobs.ingest.RejectionReason.TRAILING_DATA;
import static corpusmill.jobs.ingest.RejectionReason.TRUNCATED_FILE;
import static corpusmill.jobs.ingest.RejectionReason.UNSUPPORTED_COMPRESSION;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Files that readers of other systems lose documents of, stop at or change: made here, of invented text. Every file says
 * what must come out of it.
 */
final class HostileCorpus {

    private static final int HALF = HostileFile.GOOD / 2;
    private static final byte[] EMPTY = {};

    private HostileCorpus() {}

    /** Files of a few kilobytes. */
    static List<HostileFile> files() {
        List<HostileFile> files = new ArrayList<>();
        encodings(files);
        lines(files);
        fields(files);
        frames(files);
        gzips(files);
        tornGzips(files);
        zstds(files);
        names(files);
        return files;
    }

    /** Files whose content is tens or hundreds of mebibytes: made one by one, when they are asked for. */
    static List<Supplier<HostileFile>> large() {
        return List.of(
                HostileCorpus::longLine, HostileCorpus::lineOverTheLimit, HostileCorpus::bomb, HostileCorpus::halfZstd);
    }

    // As long as a record may be, to the byte.
    private static HostileFile longLine() {
        String frame = "{\"text\":\"\"}";
        String text = "x".repeat((64 << 20) - frame.length());
        return odd("line of 64 mebibytes", "{\"text\":\"" + text + "\"}", text);
    }

    private static HostileFile lineOverTheLimit() {
        String frame = "{\"text\":\"\"}";
        byte[] line =
                ("{\"text\":\"" + "x".repeat((64 << 20) + 1 - frame.length()) + "\"}").getBytes(StandardCharsets.UTF_8);
        return around("line of 64 mebibytes and one byte", line, RejectionReason.TOO_LARGE);
    }

    // 256 MiB of one letter between good records: a quarter of a mebibyte on disk.
    private static HostileFile bomb() {
        HostileFile.Builder bomb = of("gzip of 256 mebibytes").good(HALF);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes, 1 << 16)) {
            gzip.write(bomb.content());
            int before = bomb.content().length;
            byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            gzip.write("{\"text\":\"".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 256; i++) {
                gzip.write(block);
            }
            gzip.write("\"}\n".getBytes(StandardCharsets.UTF_8));
            gzip.write(tail(bomb.good(HALF).content(), before));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bomb.expect(RejectionReason.TOO_LARGE).file("bomb.jsonl.gz", bytes.toByteArray());
    }

    // One frame of several blocks, cut: what the library itself still decompresses must come out.
    private static HostileFile halfZstd() {
        HostileFile.Builder half = of("zstd, half of a frame").good(4_000);
        byte[] frame = zstd(half.content());
        byte[] cut = Arrays.copyOf(frame, frame.length / 2);
        byte[] decoded = untilItBreaks(() -> new ZstdInputStream(new ByteArrayInputStream(cut)));
        return half.keep(lines(decoded)).expect(TRUNCATED_FILE).file("half.jsonl.zst", cut);
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    /** What a stream gives, byte by byte, before it fails. */
    private static byte[] untilItBreaks(Opening opening) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = opening.open()) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                bytes.write(b);
            }
        } catch (IOException e) {
            return bytes.toByteArray();
        }
        throw new IllegalStateException("the stream was to break, but it ended");
    }

    private static int lines(byte[] bytes) {
        int lines = 0;
        for (byte b : bytes) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static HostileFile.Builder of(String name) {
        return new HostileFile.Builder(name);
    }

    // Good records, one bad line, good records.
    private static HostileFile around(String name, byte[] line, RejectionReason reason) {
        return of(name).good(HALF).bad(line, reason).good(HALF).file();
    }

    private static HostileFile around(String name, String line, RejectionReason reason) {
        return around(name, line.getBytes(StandardCharsets.UTF_8), reason);
    }

    private static HostileFile odd(String name, String line, String document) {
        return of(name).good(HALF).odd(line, document).good(HALF).file();
    }

    private static byte[] text(int... bytes) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes("{\"text\":\"a".getBytes(StandardCharsets.UTF_8));
        for (int b : bytes) {
            line.write(b);
        }
        line.writeBytes("z\"}".getBytes(StandardCharsets.UTF_8));
        return line.toByteArray();
    }

    private static void encodings(List<HostileFile> files) {
        files.add(of("control").good(HostileFile.GOOD).file());
        files.add(around("invalid utf-8", text(0xFF, 0xFE), INVALID_UTF8));
        files.add(around("overlong utf-8", text(0xC0, 0xAF), INVALID_UTF8));
        files.add(around("cesu-8", text(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80), INVALID_UTF8));
        files.add(around("truncated utf-8", text(0xE2, 0x82), INVALID_UTF8));
        files.add(around("latin-1 line", text(0xE9, 0xE8), INVALID_UTF8));
        files.add(around("beyond unicode", text(0xF4, 0x90, 0x80, 0x80), INVALID_UTF8));
        files.add(around("lone surrogate", "{\"text\":\"\\ud800\"}", LONE_SURROGATE));
        files.add(around("reversed surrogates", "{\"text\":\"\\ude00\\ud83d\"}", LONE_SURROGATE));
        files.add(around("raw nul", text(0), INVALID_JSON));
        files.add(odd("escaped nul", "{\"text\":\"a\\u0000z\"}", "a\0z"));
        files.add(of("byte order mark")
                .raw(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF})
                .good(HostileFile.GOOD)
                .file());
        byte[] wide = "{\"text\":\"no\"}\n".getBytes(StandardCharsets.UTF_16);
        files.add(of("utf-16 file").raw(wide).expect(INVALID_UTF8).file());
        files.add(odd("separators inside", "{\"text\":\"a\u2028b\u0085c\"}", "a\u2028b\u0085c"));
    }

    private static void lines(List<HostileFile> files) {
        files.add(around("truncated json", "{\"text\":\"never ends", INVALID_JSON));
        files.add(of("empty lines").good(HALF).raw("\n  \n\r\n\t\n").good(HALF).file());
        files.add(around("array line", "[1,2]", NOT_AN_OBJECT));
        files.add(around("number line", "123", NOT_AN_OBJECT));
        files.add(around("string line", "\"text\"", NOT_AN_OBJECT));
        files.add(around("null line", "null", NOT_AN_OBJECT));
        files.add(around("two objects", "{\"text\":\"one\"}{\"text\":\"two\"}", TRAILING_DATA));
        files.add(around("trailing garbage", "{\"text\":\"one\"} trash", TRAILING_DATA));
        files.add(around("single quotes", "{'text':'no'}", INVALID_JSON));
        files.add(around("trailing comma", "{\"text\":\"no\",}", INVALID_JSON));
        files.add(around("not a number", "{\"text\":\"no\",\"n\":NaN}", INVALID_JSON));
        files.add(around("comment", "{\"text\":\"no\"/*no*/}", INVALID_JSON));
        files.add(of("carriage returns").lineEnd("\r\n").good(HostileFile.GOOD).file());
        HostileFile.Builder open = of("no final newline").good(HostileFile.GOOD - 1);
        files.add(open.lineEnd("").good(1).file());
        files.add(of("empty file").file());
        String large = "x".repeat(1 << 20);
        files.add(odd("line of a mebibyte", "{\"text\":\"" + large + "\"}", large));
    }

    private static void fields(List<HostileFile> files) {
        files.add(around("text missing", "{\"id\":1}", FIELD_MISSING));
        files.add(around("text null", "{\"text\":null}", FIELD_MISSING));
        files.add(around("text a number", "{\"text\":17}", FIELD_NOT_TEXT));
        files.add(around("text an object", "{\"text\":{\"a\":\"b\"}}", FIELD_NOT_TEXT));
        files.add(around("text an array", "{\"text\":[\"a\"]}", FIELD_NOT_TEXT));
        files.add(around("duplicate key", "{\"text\":\"one\",\"text\":\"two\"}", DUPLICATE_KEY));
        files.add(odd("key of another case", "{\"Text\":\"other\",\"text\":\"own\"}", "own"));
        files.add(odd("escaped name", "{\"te\\u0078t\":\"own\"}", "own"));
        files.add(of("mixed ids")
                .good(HALF)
                .odd("{\"id\":5,\"text\":\"number\"}", "number")
                .odd("{\"id\":\"s\",\"text\":\"string\"}", "string")
                .odd("{\"id\":{},\"text\":\"object\"}", "object")
                .good(HALF)
                .file());
        files.add(of("same id twice")
                .odd("{\"id\":1,\"text\":\"one\"}", "one")
                .odd("{\"id\":1,\"text\":\"two\"}", "two")
                .good(HALF)
                .file());
        files.add(odd("type flip", "{\"text\":\"own\",\"meta\":[1,{\"a\":null}]}", "own"));
        String digits = "7".repeat(100_000);
        files.add(odd("huge number", "{\"n\":" + digits + "e999,\"text\":\"own\"}", "own"));
        files.add(odd("1,500 deep", "{\"d\":" + nested(1_500) + ",\"text\":\"own\"}", "own"));
        files.add(around("100,000 deep", "{\"d\":" + nested(100_000) + ",\"text\":\"own\"}", NESTED_TOO_DEEP));
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static void frames(List<HostileFile> files) {
        files.add(of("quotes and commas")
                .odd("{\"text\":\"a \\\"b\\\", {c}: [d]\\\\\"}", "a \"b\", {c}: [d]\\")
                .good(HALF)
                .file());
        files.add(of("spaces everywhere")
                .odd(" \t{ \"text\" :\t\"own\" , \"a\" : [ ] } \t", "own")
                .good(HALF)
                .file());
    }

    private static void gzips(List<HostileFile> files) {
        HostileFile.Builder whole = of("gzip").good(HostileFile.GOOD);
        byte[] zipped = gzip(whole.content());
        files.add(whole.file("ok.jsonl.gz", zipped));
        files.add(of("gzip of no bytes").file("zero.jsonl.gz", EMPTY));
        files.add(of("gzip of an empty file").file("nothing.jsonl.gz", gzip(EMPTY)));
        HostileFile.Builder crc =
                of("gzip, wrong checksum").good(HostileFile.GOOD).expect(CORRUPT_COMPRESSION);
        files.add(crc.file("crc.jsonl.gz", flipped(gzip(crc.content()), -8)));
        HostileFile.Builder members = of("gzip, two members").good(HALF);
        byte[] first = gzip(members.content());
        int before = members.content().length;
        byte[] second = gzip(tail(members.good(HALF).content(), before));
        files.add(members.file("members.jsonl.gz", joined(first, second)));
        HostileFile.Builder garbage =
                of("gzip, garbage behind").good(HostileFile.GOOD).expect(TRAILING_DATA);
        files.add(garbage.file("garbage.jsonl.gz", joined(gzip(garbage.content()), new byte[] {1, 2, 3, 4})));
        HostileFile.Builder padded = of("gzip, zeros behind").good(HostileFile.GOOD);
        files.add(padded.file("padded.jsonl.gz", joined(gzip(padded.content()), new byte[512])));
        HostileFile.Builder plain = of("gzip by name only").good(HostileFile.GOOD);
        files.add(plain.file("plain.jsonl.gz", plain.content()));
        HostileFile.Builder hidden = of("gzip by content only").good(HostileFile.GOOD);
        files.add(hidden.file("hidden-gzip.jsonl", gzip(hidden.content())));
        HostileFile.Builder lost = of("gzip, damaged member between two").good(HALF);
        byte[] start = gzip(lost.content());
        int at = lost.content().length;
        byte[] end = gzip(tail(lost.good(HALF).content(), at));
        byte[] middle = gzip("{\"text\":\"lost\"}\n".repeat(20).getBytes(StandardCharsets.UTF_8));
        Arrays.fill(middle, 10, middle.length, (byte) 0xFF);
        files.add(lost.expect(CORRUPT_COMPRESSION).file("damaged.jsonl.gz", joined(start, middle, end)));
    }

    private static void tornGzips(List<HostileFile> files) {
        HostileFile.Builder half = of("gzip, half").good(HostileFile.GOOD);
        byte[] whole = gzip(half.content());
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        int kept = lines(untilItBreaks(() -> new GZIPInputStream(new ByteArrayInputStream(cut))));
        files.add(half.keep(kept).expect(TRUNCATED_FILE).file("half.jsonl.gz", cut));
        // The bit ends a code that the stream's own tables do not know, so that the damage is seen where it lies.
        HostileFile.Builder flip = of("gzip, a bit flipped").good(HostileFile.GOOD);
        byte[] torn = gzip(flip.content());
        int bit = 8 * (torn.length / 2);
        while (true) {
            torn[bit / 8] ^= (byte) (1 << bit % 8);
            byte[] damaged = torn.clone();
            byte[] decoded = untilItBreaks(() -> new GZIPInputStream(new ByteArrayInputStream(damaged)));
            boolean seen = decoded.length < flip.content().length
                    && Arrays.equals(decoded, Arrays.copyOf(flip.content(), decoded.length));
            if (seen) {
                files.add(flip.keep(lines(decoded)).expect(CORRUPT_COMPRESSION).file("flip.jsonl.gz", damaged));
                return;
            }
            torn[bit / 8] ^= (byte) (1 << bit % 8);
            bit++;
        }
    }

    private static void zstds(List<HostileFile> files) {
        HostileFile.Builder whole = of("zstd").good(HostileFile.GOOD);
        files.add(whole.file("ok.jsonl.zst", zstd(whole.content())));
        HostileFile.Builder frames = of("zstd, two frames and one to skip").good(HALF);
        byte[] first = zstd(frames.content());
        int before = frames.content().length;
        byte[] second = zstd(tail(frames.good(HALF).content(), before));
        byte[] skip = {0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9};
        files.add(frames.file("frames.jsonl.zst", joined(first, skip, second)));
        HostileFile.Builder crc =
                of("zstd, wrong checksum").good(HostileFile.GOOD).expect(CORRUPT_COMPRESSION);
        files.add(crc.file("crc.jsonl.zst", flipped(zstd(crc.content()), -1)));
        HostileFile.Builder wide = of("zstd, window of a gibibyte").expect(UNSUPPORTED_COMPRESSION);
        byte[] frame = zstd("{\"text\":\"no\"}\n".getBytes(StandardCharsets.UTF_8));
        frame[4] &= ~0x20; // a window descriptor follows
        frame[5] = (byte) (30 - 10 << 3);
        files.add(wide.file("wide.jsonl.zst", frame));
        HostileFile.Builder cut = of("zstd, cut between frames").good(HALF);
        byte[] good = zstd(cut.content());
        files.add(cut.expect(TRUNCATED_FILE).file("cut.jsonl.zst", joined(good, Arrays.copyOf(good, good.length / 2))));
    }

    private static void names(List<HostileFile> files) {
        for (String path : List.of(
                "_underscore.jsonl",
                ".hidden.jsonl",
                "_folder/in.jsonl",
                ".folder/in.jsonl",
                "date=2026-01-01/lang=de/part.jsonl",
                "deep/er/and/deeper.jsonl",
                "stars*and?[x]{y}.jsonl",
                "space %41 # é.jsonl",
                "colon:12:30.jsonl",
                "new\nline.jsonl",
                "cafe\u0301.jsonl",
                "caf\u00e9.jsonl",
                "_temporary/0/part.jsonl",
                "part.jsonl.crc/x.jsonl")) {
            files.add(
                    of("name " + path.replace("\n", "|")).good(HostileFile.GOOD).file(path));
        }
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] flipped(byte[] bytes, int fromEnd) {
        bytes[bytes.length + fromEnd] ^= 1;
        return bytes;
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(bytes, Zstd.defaultCompressionLevel())) {
            zstd.setChecksum(true);
            zstd.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
