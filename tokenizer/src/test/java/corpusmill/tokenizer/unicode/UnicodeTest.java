package corpusmill.tokenizer.unicode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnicodeTest {
    private static final String REGENERATE =
            "mvn -pl tokenizer test -Dtest=UnicodeTest#theResourceIsWhatTheGeneratorWrites -Dunicode.regenerate=true";

    @Test
    void theResourceIsWhatTheGeneratorWrites() throws IOException {
        assertResource(UnicodeTables.RESOURCE, UnicodeTablesGenerator.generate());
        assertResource(NfcTable.RESOURCE, UnicodeTablesGenerator.generateNfc());
        assertResource(Composition.RESOURCE, UnicodeTablesGenerator.generateComposition());
    }

    private static void assertResource(String resource, byte[] wanted) throws IOException {
        Path checkedIn = Path.of(System.getProperty("corpusmill.home", ".."))
                .resolve("tokenizer/src/main/resources/corpusmill/tokenizer/unicode")
                .resolve(resource);
        if (Boolean.getBoolean("unicode.regenerate")) {
            Files.write(checkedIn, wanted);
        }
        assertThat(Files.readAllBytes(checkedIn))
                .as("%s differs from ICU4J's data; write it again: %s", checkedIn.getFileName(), REGENERATE)
                .isEqualTo(wanted);
    }

    @Test
    void theResourceOnTheClassPathIsWhole() throws IOException {
        try (InputStream in = UnicodeTables.class.getResourceAsStream(UnicodeTables.RESOURCE)) {
            assertThat(Objects.requireNonNull(in).readAllBytes()).hasSizeBetween(10_000, 40_000);
        }
    }

    @Test
    void agreesWithIcuOnEveryCodePoint() {
        assertSame(Unicode::isWhiteSpace, c -> UCharacter.hasBinaryProperty(c, UProperty.WHITE_SPACE));
        assertSame(Unicode::isLetter, c -> in(c, UProperty.GENERAL_CATEGORY_MASK, "L"));
        assertSame(Unicode::isMark, c -> in(c, UProperty.GENERAL_CATEGORY_MASK, "M"));
        assertSame(Unicode::isNumber, c -> in(c, UProperty.GENERAL_CATEGORY_MASK, "N"));
        assertSame(
                Unicode::isUnspacedScript, c -> UnicodeTablesGenerator.UNSPACED_SCRIPTS.contains(UScript.getScript(c)));
        assertSame(
                c -> true,
                c -> Unicode.generalCategory(c) == UnicodeTablesGenerator.javaCategory(UCharacter.getType(c)));
        assertSame(c -> true, c -> Unicode.simpleFold(c) == UCharacter.foldCase(c, true));
        assertSame(c -> true, c -> Nfc.combiningClass(c) == UnicodeTablesGenerator.combiningClass(c));
    }

    @Test
    void agreesWithTheJdkWhereItHoldsTheSameVersion() {
        int feature = Runtime.version().feature();
        assumeTrue(feature >= 24 && feature <= 25, "Java 24 and 25 hold Unicode 16; this is Java " + feature);
        assertSame(c -> true, c -> Unicode.generalCategory(c) == Character.getType(c));
    }

    @Test
    void knowsCharactersYoungerThanJava17() {
        assertThat(Unicode.isLetter(0x10D4A)).as("Garay letter of Unicode 16").isTrue();
        assertThat(Unicode.isNumber(0x1E4F0))
                .as("Nag Mundari digit of Unicode 15")
                .isTrue();
        assertThat(Unicode.simpleFold(0x10D50)).as("Garay capital letter").isEqualTo(0x10D70);
        assertThat(Unicode.generalCategory(0x11F00))
                .as("Kawi sign of Unicode 15")
                .isEqualTo(Character.NON_SPACING_MARK);
    }

    @Test
    void foldsSimplyAndNeverToMoreThanOneCodePoint() {
        assertThat(Unicode.simpleFold('A')).isEqualTo('a');
        assertThat(Unicode.simpleFold(0x17F)).as("long s").isEqualTo('s');
        assertThat(Unicode.simpleFold(0x212A)).as("Kelvin sign").isEqualTo('k');
        assertThat(Unicode.simpleFold(0x1E9E)).as("capital sharp s").isEqualTo(0xDF);
        assertThat(Unicode.simpleFold(0x130))
                .as("dotted capital i has no simple folding")
                .isEqualTo(0x130);
        assertThat(Unicode.simpleFold(0x3C2)).as("final sigma").isEqualTo(0x3C3);
    }

    @Test
    void tellsScriptsWithoutBlanksBetweenWords() {
        assertThat("漢ひカกກកက".codePoints()).allMatch(Unicode::isUnspacedScript);
        assertThat("aяא가1 。".codePoints()).noneMatch(Unicode::isUnspacedScript);
    }

    @Test
    void coversSurrogatesAndTheLastCodePointAndNothingBeyond() {
        assertThat(Unicode.generalCategory(0xD800)).isEqualTo(Character.SURROGATE);
        assertThat(Unicode.generalCategory(0x10FFFF)).isEqualTo(Character.UNASSIGNED);
        assertThatThrownBy(() -> Unicode.generalCategory(0x110000)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Unicode.simpleFold(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static boolean in(int codePoint, int property, String group) {
        int groupMask = UCharacter.getPropertyValueEnum(property, group);
        return (groupMask >>> UCharacter.getType(codePoint) & 1) != 0;
    }

    private static void assertSame(IntPredicate ours, IntPredicate oracle) {
        assertThat(IntStream.range(0, UnicodeTables.CODE_POINTS)
                        .filter(c -> ours.test(c) != oracle.test(c))
                        .limit(10)
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }
}
