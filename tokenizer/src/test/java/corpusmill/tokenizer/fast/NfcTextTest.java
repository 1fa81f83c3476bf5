package corpusmill.tokenizer.fast;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import corpusmill.tokenizer.Seeds;
import corpusmill.tokenizer.unicode.Nfc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Normalisation form C beside ICU4J's. */
class NfcTextTest {
    private static final Normalizer2 ICU = Normalizer2.getNFCInstance();
    private static final List<Integer> COVERED = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .filter(c -> UCharacter.isDefined(c) && Nfc.combiningClass(c) != Nfc.RECENT)
            .boxed()
            .toList();
    private static final List<Integer> CHANGING = COVERED.stream()
            .filter(c -> Nfc.combiningClass(c) != 0 || ICU.getDecomposition(c) != null)
            .toList();

    private final NfcText nfc = new NfcText();

    @Test
    void normalizesEveryCharacterAloneAndBehindOthers() {
        assertThat(CHANGING).hasSizeGreaterThan(12_000);
        for (int c : COVERED) {
            String character = Character.toString(c);
            check(character);
            check("x" + character + "\u0301y");
        }
    }

    @Test
    void normalizesRandomTexts() {
        Random random = Seeds.random("NfcTextTest");
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(12); length > 0; length--) {
                List<Integer> from = random.nextInt(4) == 0 ? COVERED : CHANGING;
                int c = random.nextInt(5) == 0 ? 'a' + random.nextInt(26) : from.get(random.nextInt(from.size()));
                text.appendCodePoint(c);
                if (random.nextInt(6) == 0) { // parts of syllables, which seldom meet by chance
                    text.appendCodePoint(0x1100 + random.nextInt(19)).appendCodePoint(0x1161 + random.nextInt(21));
                    text.appendCodePoint(0x11A7 + random.nextInt(29));
                }
            }
            check(text.toString());
        }
    }

    @Test
    @Timeout(20)
    void sortsAMegabyteOfMarksInOneStretch() {
        byte[] utf8 = ("e" + "\u0301\u0323".repeat(250_000) + "a").getBytes(StandardCharsets.UTF_8);
        nfc.normalize(utf8, 0, utf8.length);
        assertThat(new String(nfc.bytes(), 0, nfc.size(), StandardCharsets.UTF_8))
                .isEqualTo("\u1eb9" + "\u0323".repeat(249_999) + "\u0301".repeat(250_000) + "a");
    }

    private void check(String text) {
        byte[] utf8 = ("?" + text).getBytes(StandardCharsets.UTF_8);
        nfc.normalize(utf8, 1, utf8.length);
        String normal = new String(nfc.bytes(), 0, nfc.size(), StandardCharsets.UTF_8);
        if (!normal.equals(ICU.normalize(text))) {
            assertThat(normal.codePoints().mapToObj(Integer::toHexString).toList())
                    .as(text.codePoints()
                            .mapToObj(Integer::toHexString)
                            .toList()
                            .toString())
                    .isEqualTo(ICU.normalize(text)
                            .codePoints()
                            .mapToObj(Integer::toHexString)
                            .toList());
        }
        boolean good = Utf8.check(utf8, 1, utf8.length, true) == Utf8.Finding.GOOD;
        assertThat(!good || normal.equals(text)).as(text).isTrue();
    }
}
