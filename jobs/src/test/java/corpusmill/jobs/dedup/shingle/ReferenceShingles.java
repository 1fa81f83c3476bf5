package corpusmill.jobs.dedup.shingle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Shingles as sets of texts, by the definition and without a hash: the oracle of the kernels. */
public final class ReferenceShingles {

    private static final String WHITE_SPACE = "\\p{IsWhite_Space}+";

    private ReferenceShingles() {}

    /** Sequences of words between white space. */
    public static Set<List<String>> words(String text, int size) {
        List<String> words = new ArrayList<>(List.of(text.split(WHITE_SPACE)));
        words.removeIf(String::isEmpty);
        return runs(words, size);
    }

    /** Sequences of code points, white space collapsed. */
    public static Set<List<String>> characters(String text, int size) {
        String collapsed = text.replaceAll(WHITE_SPACE, " ");
        collapsed = collapsed.startsWith(" ") ? collapsed.substring(1) : collapsed;
        collapsed = collapsed.endsWith(" ") ? collapsed.substring(0, collapsed.length() - 1) : collapsed;
        return runs(collapsed.codePoints().mapToObj(Character::toString).toList(), size);
    }

    private static Set<List<String>> runs(List<String> units, int size) {
        Set<List<String>> runs = new HashSet<>();
        if (!units.isEmpty() && units.size() < size) {
            runs.add(List.copyOf(units));
        }
        for (int from = 0; from + size <= units.size(); from++) {
            runs.add(List.copyOf(units.subList(from, from + size)));
        }
        return runs;
    }

    /** |A ∩ B| / |A ∪ B|; 0 when either is empty. */
    public static double jaccard(Set<List<String>> one, Set<List<String>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        Set<List<String>> shared = new HashSet<>(one);
        shared.retainAll(other);
        return shared.size() / (double) (one.size() + other.size() - shared.size());
    }
}
