package corpusmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    @Test
    void marksWhatOnlyOneOfThemHas() {
        SideBySide texts = new SideBySide("one two three five", "one three four five six");
        assertThat(texts.first()).isEqualTo("one <mark>two </mark>three five ");
        assertThat(texts.second()).isEqualTo("one three <mark>four </mark>five <mark>six </mark>");
    }

    @Test
    void takesTextWithoutBlanksByItsCharacters() {
        String same = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所で";
        SideBySide texts = new SideBySide(same + "泣いていた", same + "笑っていた");
        assertThat(texts.first()).endsWith("所で<mark>泣い</mark>ていた ");
        assertThat(texts.second()).endsWith("所で<mark>笑っ</mark>ていた ");
    }

    @Test
    void givesBothTextsBackWithoutTheMarksAndTheSameUnmarked() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            String one = words(random);
            String two = words(random);
            SideBySide texts = new SideBySide(one, two);
            assertThat(texts.first().replaceAll("</?mark>", "").strip()).isEqualTo(one);
            assertThat(texts.second().replaceAll("</?mark>", "").strip()).isEqualTo(two);
            assertThat(texts.first().replaceAll("<mark>[^<]*</mark>", ""))
                    .isEqualTo(texts.second().replaceAll("<mark>[^<]*</mark>", ""));
        }
    }

    @Test
    void beginsSomeWordsBeforeTheFirstDifferenceAndEndsInTime() {
        String before = "same ".repeat(50);
        Excerpts excerpts =
                Excerpts.of(before + "left " + "tail ".repeat(500), before + "right " + "tail ".repeat(500));
        assertThat(excerpts.first())
                .startsWith("… " + "same ".repeat(12) + "left tail")
                .endsWith("tail …");
        assertThat(excerpts.second()).startsWith("… " + "same ".repeat(12) + "right tail");
        assertThat(excerpts.first()).hasSizeLessThanOrEqualTo(Excerpts.CHARACTERS + 1);
        assertThat(Excerpts.of("", "")).isEqualTo(new Excerpts("", ""));
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        for (int word = 1 + random.nextInt(12); word > 0; word--) {
            words.append((char) ('a' + random.nextInt(4))).append(' ');
        }
        return words.toString().strip();
    }
}
