package corpusmill.jobs.flow;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;

/** The script a text is written in: the one of most of its letters. Stateless. */
public final class Scripts {

    /** Of a text without letters. */
    public static final String NONE = "none";

    private Scripts() {}

    /** Unicode's name of the script, such as {@code LATIN}; {@link #NONE} for a text without letters. */
    public static String of(String text) {
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        int latin = 0; // most letters of most texts, found without a search
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (point < 0x80) {
                latin += Character.isLetter(point) ? 1 : 0;
            } else if (Character.isLetter(point)) {
                letters.merge(UnicodeScript.of(point), 1, Integer::sum);
            }
        }
        if (latin > 0) {
            letters.merge(UnicodeScript.LATIN, latin, Integer::sum);
        }
        return letters.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> most.getKey().name())
                .orElse(NONE);
    }
}
