package corpusmill.tokenizer.unicode;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.VersionInfo;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Writes the resource of {@link UnicodeTables} from ICU4J's data. */
final class UnicodeTablesGenerator {
    static final Set<Integer> UNSPACED_SCRIPTS = Set.of(
            UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA, UScript.THAI, UScript.LAO, UScript.KHMER, UScript.MYANMAR);

    private static final int QUICK_CHECK_YES = 1;

    private UnicodeTablesGenerator() {}

    static byte[] generate() {
        VersionInfo version = UCharacter.getUnicodeVersion();
        if (version.getMajor() != 16 || version.getMinor() != 0) {
            throw new IllegalStateException("ICU4J must hold Unicode 16.0 but holds " + version);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writeRuns(UnicodeTablesGenerator::properties, out, out::writeByte);
            writeRuns(codePoint -> UCharacter.foldCase(codePoint, true) - codePoint, out, out::writeInt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The resource of {@link Nfc}. */
    static byte[] generateNfc() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writeRuns(UnicodeTablesGenerator::combiningClass, out, out::writeByte);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static int combiningClass(int codePoint) {
        int combining = UCharacter.getCombiningClass(codePoint);
        boolean stays = UCharacter.getIntPropertyValue(codePoint, UProperty.NFC_QUICK_CHECK) == QUICK_CHECK_YES;
        if (isRecent(codePoint)) {
            return stays && combining == 0 ? 0 : Nfc.RECENT;
        }
        return stays ? combining : Nfc.MAY_CHANGE;
    }

    private static boolean isRecent(int codePoint) {
        return UCharacter.getAge(codePoint).getMajor() >= 10;
    }

    /** The resource of {@link Composition}: three lists, each behind its length. */
    static byte[] generateComposition() {
        Normalizer2 nfc = Normalizer2.getNFCInstance();
        List<int[]> classes = new ArrayList<>();
        List<int[]> decompositions = new ArrayList<>();
        List<int[]> compositions = new ArrayList<>();
        for (int c = 0; c < UnicodeTables.CODE_POINTS; c++) {
            String whole = isRecent(c) || isHangul(c) ? null : nfc.getDecomposition(c);
            if (UCharacter.getCombiningClass(c) != 0 && !isRecent(c)) {
                classes.add(new int[] {c, UCharacter.getCombiningClass(c)});
            }
            if (whole != null) {
                decompositions.add(
                        IntStream.concat(IntStream.of(c), whole.codePoints()).toArray());
                int[] parts = nfc.getRawDecomposition(c).codePoints().toArray();
                if (parts.length == 2 && nfc.composePair(parts[0], parts[1]) == c) {
                    compositions.add(new int[] {parts[0], parts[1], c});
                }
            }
        }
        compositions.sort(Comparator.<int[]>comparingInt(pair -> pair[0]).thenComparingInt(pair -> pair[1]));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (List<int[]> rows : List.of(classes, decompositions, compositions)) {
                out.writeShort(rows.size());
                for (int[] row : rows) {
                    out.writeByte(row.length);
                    for (int codePoint : row) {
                        out.writeInt(codePoint);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Syllables, which are computed. */
    private static boolean isHangul(int codePoint) {
        return codePoint >= 0xAC00 && codePoint <= 0xD7A3;
    }

    private static int properties(int codePoint) {
        int category = UCharacter.getType(codePoint);
        int javaCategory = javaCategory(category);
        return javaCategory
                | (UCharacter.hasBinaryProperty(codePoint, UProperty.WHITE_SPACE) ? UnicodeTables.WHITE_SPACE : 0)
                | (UNSPACED_SCRIPTS.contains(UScript.getScript(codePoint)) ? UnicodeTables.UNSPACED : 0);
    }

    static int javaCategory(int icuCategory) {
        return switch (icuCategory) {
            case ECharacterCategory.UNASSIGNED -> Character.UNASSIGNED;
            case ECharacterCategory.UPPERCASE_LETTER -> Character.UPPERCASE_LETTER;
            case ECharacterCategory.LOWERCASE_LETTER -> Character.LOWERCASE_LETTER;
            case ECharacterCategory.TITLECASE_LETTER -> Character.TITLECASE_LETTER;
            case ECharacterCategory.MODIFIER_LETTER -> Character.MODIFIER_LETTER;
            case ECharacterCategory.OTHER_LETTER -> Character.OTHER_LETTER;
            case ECharacterCategory.NON_SPACING_MARK -> Character.NON_SPACING_MARK;
            case ECharacterCategory.ENCLOSING_MARK -> Character.ENCLOSING_MARK;
            case ECharacterCategory.COMBINING_SPACING_MARK -> Character.COMBINING_SPACING_MARK;
            case ECharacterCategory.DECIMAL_DIGIT_NUMBER -> Character.DECIMAL_DIGIT_NUMBER;
            case ECharacterCategory.LETTER_NUMBER -> Character.LETTER_NUMBER;
            case ECharacterCategory.OTHER_NUMBER -> Character.OTHER_NUMBER;
            case ECharacterCategory.SPACE_SEPARATOR -> Character.SPACE_SEPARATOR;
            case ECharacterCategory.LINE_SEPARATOR -> Character.LINE_SEPARATOR;
            case ECharacterCategory.PARAGRAPH_SEPARATOR -> Character.PARAGRAPH_SEPARATOR;
            case ECharacterCategory.CONTROL -> Character.CONTROL;
            case ECharacterCategory.FORMAT -> Character.FORMAT;
            case ECharacterCategory.PRIVATE_USE -> Character.PRIVATE_USE;
            case ECharacterCategory.SURROGATE -> Character.SURROGATE;
            case ECharacterCategory.DASH_PUNCTUATION -> Character.DASH_PUNCTUATION;
            case ECharacterCategory.START_PUNCTUATION -> Character.START_PUNCTUATION;
            case ECharacterCategory.END_PUNCTUATION -> Character.END_PUNCTUATION;
            case ECharacterCategory.CONNECTOR_PUNCTUATION -> Character.CONNECTOR_PUNCTUATION;
            case ECharacterCategory.OTHER_PUNCTUATION -> Character.OTHER_PUNCTUATION;
            case ECharacterCategory.MATH_SYMBOL -> Character.MATH_SYMBOL;
            case ECharacterCategory.CURRENCY_SYMBOL -> Character.CURRENCY_SYMBOL;
            case ECharacterCategory.MODIFIER_SYMBOL -> Character.MODIFIER_SYMBOL;
            case ECharacterCategory.OTHER_SYMBOL -> Character.OTHER_SYMBOL;
            case ECharacterCategory.INITIAL_PUNCTUATION -> Character.INITIAL_QUOTE_PUNCTUATION;
            case ECharacterCategory.FINAL_PUNCTUATION -> Character.FINAL_QUOTE_PUNCTUATION;
            default -> throw new IllegalStateException("unknown category " + icuCategory);
        };
    }

    private static void writeRuns(IntUnaryOperator value, DataOutputStream out, Writer writer) throws IOException {
        for (int at = 0; at < UnicodeTables.CODE_POINTS; ) {
            int run = value.applyAsInt(at);
            int end = at + 1;
            while (end < UnicodeTables.CODE_POINTS && value.applyAsInt(end) == run) {
                end++;
            }
            writeLength(end - at, out);
            writer.write(run);
            at = end;
        }
    }

    private static void writeLength(int length, DataOutputStream out) throws IOException {
        int rest = length;
        for (; rest >= 0x80; rest >>>= 7) {
            out.writeByte((rest & 0x7f) | 0x80);
        }
        out.writeByte(rest);
    }

    private interface Writer {
        void write(int value) throws IOException;
    }
}
