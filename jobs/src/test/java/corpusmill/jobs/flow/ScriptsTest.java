package corpusmill.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScriptsTest {

    @Test
    void namesTheScriptOfMostLetters() {
        assertThat(Scripts.of("Straße und Öl")).isEqualTo("LATIN");
        assertThat(Scripts.of("Всё хорошо, ok?")).isEqualTo("CYRILLIC");
        assertThat(Scripts.of("これはペンです")).isEqualTo("HIRAGANA");
        assertThat(Scripts.of("中文 abc 字符很多")).isEqualTo("HAN");
        assertThat(Scripts.of("𐍈𐌰𐌿𐌽𐌰")).isEqualTo("GOTHIC");
        assertThat(Scripts.of("12 + 30 = 42 😀")).isEqualTo(Scripts.NONE);
        assertThat(Scripts.of("")).isEqualTo(Scripts.NONE);
    }
}
