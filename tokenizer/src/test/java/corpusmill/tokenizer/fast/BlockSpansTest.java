package corpusmill.tokenizer.fast;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.tokenizer.AdversarialStrings;
import corpusmill.tokenizer.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pieces found by blocks of 64 bytes are those found character by character. */
class BlockSpansTest {
    private static final Supplier<BlockClassifier> VECTORS = BlockClassifiers.vectors();
    private static final List<Supplier<BlockSpans>> SPANS = List.of(
            () -> new Gpt2Spans(new WordClassifier()),
            () -> new Cl100kSpans(3, new WordClassifier()),
            () -> new Cl100kSpans(1, new WordClassifier()),
            () -> new Gpt2Spans(VECTORS.get()),
            () -> new Cl100kSpans(3, VECTORS.get()),
            () -> new Cl100kSpans(1, VECTORS.get()));

    @Test
    void findsThePiecesOfOneCharacterAfterAnother() {
        compare(8_000);
    }

    @Tag("long")
    @Test
    void findsThePiecesOfOneCharacterAfterAnotherInManyTexts() {
        compare(300_000);
    }

    /** On every value of a byte at every place. */
    @Test
    void classifiesByVectorsAsByLongs() {
        BlockClassifier ours = new WordClassifier();
        BlockClassifier theirs = VECTORS.get();
        System.out.println("BlockSpansTest: beside " + theirs.getClass().getSimpleName() + ", chosen is "
                + BlockClassifiers.name());
        for (int shift = 0; shift < 256; shift++) {
            byte[] text = new byte[BlockSpans.BLOCK + 1];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) (i * 7 + shift);
            }
            ours.classify(text, 1);
            theirs.classify(text, 1);
            assertThat(theirs).usingRecursiveComparison().isEqualTo(ours);
        }
    }

    private static void compare(int texts) {
        Random random = Seeds.random("BlockSpansTest");
        AdversarialStrings strings = new AdversarialStrings(random);
        long pieces = 0;
        for (int i = 0; i < texts; i++) {
            byte[] text = text(random, strings).getBytes(StandardCharsets.UTF_8);
            for (Supplier<BlockSpans> spans : SPANS) {
                BlockSpans finder = spans.get();
                List<Integer> ends = byBlocks(finder, text);
                assertThat(ends)
                        .as("%s, '%s'", finder.getClass().getSimpleName(), new String(text, StandardCharsets.UTF_8))
                        .isEqualTo(byCharacters(finder, text));
                pieces += ends.size();
            }
        }
        System.out.println("BlockSpansTest: " + texts + " texts, " + pieces + " pieces, 0 differences");
    }

    /** A string again and again with others between, so that it meets the borders of blocks everywhere. */
    private static String text(Random random, AdversarialStrings strings) {
        StringBuilder text = new StringBuilder();
        String again = strings.next();
        int length = 80 + random.nextInt(300);
        while (text.length() < length) {
            text.append(random.nextInt(3) == 0 ? strings.next() : again);
        }
        return text.toString();
    }

    private static List<Integer> byBlocks(BlockSpans finder, byte[] text) {
        Pieces pieces = new Pieces();
        List<Integer> ends = new ArrayList<>();
        finder.reset();
        for (int at = 0; at < text.length; at = ends.get(ends.size() - 1)) {
            int count = finder.fill(text, at, text.length, pieces);
            for (int i = 0; i < count; i++) {
                ends.add(pieces.ends[i]);
                int from = i == 0 ? at : pieces.ends[i - 1];
                int length = pieces.ends[i] - from;
                boolean isShort = length <= Keys.LONGEST;
                assertThat(pieces.highs[i]).isEqualTo(isShort ? Keys.high(text, from, length) : Pieces.LONG);
                assertThat(isShort ? pieces.lows[i] : 0).isEqualTo(isShort ? Keys.low(text, from, length) : 0);
            }
        }
        return ends;
    }

    private static List<Integer> byCharacters(BlockSpans finder, byte[] text) {
        List<Integer> ends = new ArrayList<>();
        for (int at = 0; at < text.length; ) {
            at = finder.next(text, at, text.length);
            ends.add(at);
        }
        return ends;
    }
}
