package corpusmill.jobs.report;

import java.util.ArrayList;
import java.util.List;

/** A text in words, each with the blank behind it; a long run without a blank, as of Chinese, in its characters. */
final class Words {

    private static final int LONG = 40;

    private Words() {}

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.strip().split("\\s+", -1)) {
            if (word.length() <= LONG) {
                words.add(word + " ");
            } else {
                word.codePoints().mapToObj(Character::toString).forEach(words::add);
                words.set(words.size() - 1, words.get(words.size() - 1) + " ");
            }
        }
        return words;
    }
}
