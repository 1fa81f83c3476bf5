package corpusmill.jobs.dedup.near;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;

/**
 * A larger corpus of the same kind: a corpus several times over, each further copy perturbed, as JSON lines. Of the
 * documents of a copy a tenth stays a near-duplicate of its original (one word of 200 is another), a fifth loses between
 * 1 and 10 words of 100, the rest half of its words, so that hardly a shingle is left. In a run of more than 24
 * characters without a space characters take the place of words. What comes instead is a word of the documents before, or
 * a character of the same text, so that what a tokenizer gets is made of real words. The same arguments give the same
 * bytes.
 *
 * <pre>
 * ReplicatedCorpus INGEST OUT COPIES    INGEST is the folder ingest/FINGERPRINT of a work folder
 * </pre>
 */
final class ReplicatedCorpus {

    private static final int LONGEST_WORD = 24;

    private final SplittableRandom random;
    private final double share;
    private final RecentWords words;

    private ReplicatedCorpus(long id, int copy, RecentWords words) {
        this.words = words;
        this.random = new SplittableRandom(id * 1_000_003 + copy);
        int kind = random.nextInt(10);
        this.share = kind == 0 ? 0.005 : kind < 3 ? 0.01 + 0.09 * random.nextDouble() : 0.5;
    }

    public static void main(String[] arguments) throws IOException {
        Path out = Files.createDirectories(Path.of(arguments[1]));
        ObjectMapper json = new ObjectMapper();
        long bytes = 0;
        for (int copy = 0; copy < Integer.parseInt(arguments[2]); copy++) {
            Iterator<Row> rows = Documents.spark()
                    .read()
                    .option("recursiveFileLookup", "true")
                    .option("pathGlobFilter", "*.parquet")
                    .parquet(arguments[0])
                    .filter("outcome = 'document'")
                    .select("id", "text")
                    .toLocalIterator();
            RecentWords words = new RecentWords();
            Path file = out.resolve(String.format("copy-%03d.jsonl.zst", copy));
            try (OutputStream lines =
                    new BufferedOutputStream(new ZstdOutputStream(Files.newOutputStream(file), 1), 1 << 20)) {
                while (rows.hasNext()) {
                    Row row = rows.next();
                    String text = copy == 0
                            ? row.getString(1)
                            : new ReplicatedCorpus(row.getLong(0), copy, words).perturbed(row.getString(1));
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("id", row.getLong(0) + "-" + copy);
                    line.put("text", text);
                    lines.write(json.writeValueAsBytes(line));
                    lines.write('\n');
                    bytes += text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
                }
            }
        }
        System.out.println(bytes + " bytes of text");
        Documents.spark().stop();
    }

    private String perturbed(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int start = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || Character.isWhitespace(text.charAt(at))) {
                word(text, start, at, out);
                if (at < text.length()) {
                    out.append(text.charAt(at));
                }
                start = at + 1;
            }
        }
        return out.toString();
    }

    private void word(String text, int from, int to, StringBuilder out) {
        if (to - from <= LONGEST_WORD) {
            String word = text.substring(from, to);
            out.append(!word.isEmpty() && random.nextDouble() < share ? words.any(random, word) : word);
            words.add(word);
            return;
        }
        for (int at = from; at < to; at++) {
            char other = text.charAt(from + random.nextInt(to - from));
            boolean whole = !Character.isSurrogate(text.charAt(at)) && !Character.isSurrogate(other);
            out.append(whole && random.nextDouble() < share ? other : text.charAt(at));
        }
    }

    /** The last words that were seen. */
    private static final class RecentWords {

        private final String[] words = new String[1 << 16];
        private int seen;

        void add(String word) {
            if (!word.isEmpty()) {
                words[seen++ & words.length - 1] = word;
            }
        }

        /** One of them. */
        String any(SplittableRandom random, String otherwise) {
            return seen == 0 ? otherwise : words[random.nextInt(Math.min(seen, words.length))];
        }
    }
}
