package corpusmill.jobs;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Exact similarity over runs of five words, as plainly as it can be written: the oracle of the evidence. */
final class WordShingles {

    private static final int WORDS = 5;

    private WordShingles() {}

    /** For texts in scripts with spaces. */
    static Set<String> of(String text) {
        List<String> words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}\\p{M}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        Set<String> shingles = new HashSet<>();
        for (int at = 0; at + WORDS <= words.size(); at++) {
            shingles.add(String.join(" ", words.subList(at, at + WORDS)));
        }
        if (shingles.isEmpty() && !words.isEmpty()) {
            shingles.add(String.join(" ", words));
        }
        return shingles;
    }

    static double jaccard(String a, String b) {
        Set<String> left = of(a);
        Set<String> right = of(b);
        Set<String> both = new HashSet<>(left);
        both.retainAll(right);
        int all = left.size() + right.size() - both.size();
        return all == 0 ? 0 : (double) both.size() / all;
    }
}
