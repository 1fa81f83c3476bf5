package corpusmill.tokenizer.fast;

import java.util.Optional;
import java.util.function.Supplier;

/** The split patterns that are covered, as they stand in the files, each with its span finder. */
enum SplitPattern {
    GPT2("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"),
    CL100K(cl100k("\\p{N}{1,3}")),
    QWEN(cl100k("\\p{N}")),
    O200K(o200k("(?i:'s|'t|'re|'ve|'m|'ll|'d)?", "\\p{N}{1,3}")),
    TEKKEN(o200k("", "\\p{N}"));

    private final String regex;

    SplitPattern(String regex) {
        this.regex = regex;
    }

    private static String cl100k(String digits) {
        return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" + digits
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }

    private static String o200k(String contraction, String digits) {
        return "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+" + contraction
                + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                + contraction + "|" + digits
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }

    /** The pattern that is spelled exactly so. */
    static Optional<SplitPattern> of(String regex) {
        for (SplitPattern pattern : values()) {
            if (pattern.regex.equals(regex)) {
                return Optional.of(pattern);
            }
        }
        return Optional.empty();
    }

    /** Makes its span finder. */
    Supplier<Spans> spans() {
        return switch (this) {
            case GPT2 -> Gpt2Spans::new;
            case CL100K -> () -> new Cl100kSpans(3);
            case QWEN -> () -> new Cl100kSpans(1);
            case O200K -> () -> new O200kSpans(3, true);
            case TEKKEN -> () -> new O200kSpans(1, false);
        };
    }
}
