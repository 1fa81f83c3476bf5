package corpusmill.tokenizer.fast;

import static corpusmill.tokenizer.fast.CharClasses.LETTER;
import static corpusmill.tokenizer.fast.CharClasses.NUMBER;
import static corpusmill.tokenizer.fast.CharClasses.OTHER;
import static corpusmill.tokenizer.fast.CharClasses.SPACE;

/** {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}. */
final class Gpt2Spans extends BlockSpans {
    Gpt2Spans() {
        this(BlockClassifiers.fastest());
    }

    Gpt2Spans(BlockClassifier block) {
        super(CharClasses.STANDARD, block);
    }

    @Override
    boolean countsNumbers() {
        return false;
    }

    @Override
    long starts(byte[] utf8, int at, int end) {
        long letters = block.letters;
        long numbers = block.numbers;
        long spaces = block.spaces;
        long others = ~(letters | numbers | spaces);
        long same = letters & letters << 1 | numbers & numbers << 1 | others & others << 1;
        long starts = ~(spaces | same | block.blanks << 1) | spaces & ~(spaces << 1 & spaces >>> 1);
        for (long left = block.apostrophes & starts; left != 0; left &= left - 1) {
            int place = Long.numberOfTrailingZeros(left);
            int width = Contractions.lowerCase(utf8, at + place, end) - at - place;
            if (width > 0) {
                starts = starts & ~(((1L << width) - 2) << place) | 1L << place << width;
            }
        }
        return certain(starts, spaces);
    }

    @Override
    int next(byte[] utf8, int at, int end) {
        byte lead = utf8[at];
        if (lead == '\'') {
            int contraction = Contractions.lowerCase(utf8, at, end);
            if (contraction > at) {
                return contraction;
            }
        }
        int bits = classes.at(utf8, at);
        if ((bits & SPACE) == 0) {
            return classes.runEnd(utf8, at, end, bits & (LETTER | NUMBER | OTHER));
        }
        if (lead == ' ' && at + 1 < end) {
            int following = classes.at(utf8, at + 1);
            if ((following & SPACE) == 0) {
                return classes.runEnd(utf8, at + 1, end, following & (LETTER | NUMBER | OTHER));
            }
        }
        return spaces(utf8, at, end);
    }
}
