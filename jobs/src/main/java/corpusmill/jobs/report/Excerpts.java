package corpusmill.jobs.report;

import java.util.List;

/**
 * Pieces of two texts from where they begin to differ, some words before it included, white space as one blank.
 *
 * @param first of the first text
 * @param second of the second text
 */
record Excerpts(String first, String second) {

    static final int CHARACTERS = 600;
    private static final int BEFORE = 12;
    private static final String LEFT_OUT = "… ";

    static Excerpts of(String first, String second) {
        List<String> one = Words.of(first);
        List<String> two = Words.of(second);
        int same = 0;
        while (same < Math.min(one.size(), two.size()) && one.get(same).equals(two.get(same))) {
            same++;
        }
        int start = Math.max(0, same - BEFORE);
        return new Excerpts(excerpt(one, start), excerpt(two, start));
    }

    private static String excerpt(List<String> words, int start) {
        StringBuilder excerpt = new StringBuilder(start > 0 ? LEFT_OUT : "");
        for (String word : words.subList(start, words.size())) {
            if (excerpt.length() + word.length() > CHARACTERS) {
                return excerpt.append('…').toString();
            }
            excerpt.append(word);
        }
        return excerpt.toString().strip();
    }
}
