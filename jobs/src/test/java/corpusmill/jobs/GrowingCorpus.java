package corpusmill.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Crawls that follow each other: each holds new texts, identical copies and near-duplicates of texts of its own and of
 * those before, at similarities on both sides of the threshold, chains of them, and texts without a word. A folder each;
 * the same seed gives the same bytes.
 */
final class GrowingCorpus {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WORDS = 80;

    private final Random random;
    private final List<String> texts = new ArrayList<>();

    GrowingCorpus(long seed) {
        this.random = new Random(seed);
    }

    /** Writes the next crawl as two files below a folder. */
    void crawl(Path folder, int documents) throws IOException {
        Files.createDirectories(folder);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            String text = next();
            texts.add(text);
            lines.add(JSON.writeValueAsString(Map.of("text", text)));
        }
        Files.write(folder.resolve("a.jsonl"), lines.subList(0, documents / 2));
        Files.write(folder.resolve("b.jsonl"), lines.subList(documents / 2, documents));
    }

    private String next() {
        int kind = texts.isEmpty() ? 9 : random.nextInt(10);
        String other = texts.isEmpty() ? "" : texts.get(random.nextInt(texts.size()));
        if (kind == 0) {
            return other;
        }
        if (kind == 1) {
            return random.nextInt(3) == 0 ? " .".repeat(1 + random.nextInt(2)) : other + "\n";
        }
        return kind < 6 && !other.isBlank() ? changed(other) : words(WORDS + random.nextInt(WORDS));
    }

    /** Up to five changes of a word each: of 80 words, each takes 5 shingles of 76. */
    private String changed(String text) {
        String[] words = text.split("(?<= )", -1);
        for (int change = random.nextInt(5); change >= 0; change--) {
            words[random.nextInt(words.length)] = words(1) + " ";
        }
        return String.join("", words);
    }

    private String words(int count) {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < count; word++) {
            words.append(word == 0 ? "" : " ")
                    .append(Integer.toString(random.nextInt(36 * 36 * 36), 36))
                    .append(word % 7 == 3 ? "\u00e9\ud83d\ude00" : "");
        }
        return words.toString();
    }
}
