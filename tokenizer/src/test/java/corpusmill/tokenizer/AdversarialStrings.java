package corpusmill.tokenizer;

import java.util.List;
import java.util.Random;

/** Makes strings in which what splitting patterns tell apart stands side by side. Repeats with its random numbers. */
public final class AdversarialStrings {
    /** Each string draws from a few of these only, so that neighbours of one kind are frequent. */
    private static final List<String> ATOMS = List.of(
            " ",
            "  ",
            "\n",
            "\r",
            "\r\n",
            "\t",
            "\u000b",
            "\f",
            "\u001c",
            "\u0085",
            "\u00a0",
            "\u1680",
            "\u2003",
            "\u2028",
            "\u202f",
            "\u3000",
            "\u200b",
            "\ufeff",
            "\u180e",
            "\u0000",
            "'s",
            "'S",
            "'t",
            "'re",
            "'RE",
            "'ve",
            "'m",
            "'ll",
            "'lL",
            "'d",
            "'\u017f",
            "'",
            "\u2019s",
            "''",
            "a",
            "B",
            "ab",
            "The",
            "the",
            "HTTPServer",
            "iPhone",
            "x",
            "é",
            "e\u0301",
            "ß",
            "\u212a",
            "\u01c5",
            "ﬁ",
            "İ",
            "ĳ",
            "\u02b0",
            "ª",
            "Ω",
            "привет",
            "МИР",
            "\u0345",
            "0",
            "1",
            "12",
            "123",
            "1234",
            "99999999",
            "\u0663",
            "\u0967",
            "½",
            "Ⅷ",
            "²",
            "①",
            "\ud835\udfd8",
            "\u0300",
            "\u0323\u0307",
            "\u0307\u0323",
            "\u20dd",
            "\u094d",
            "\u0e33",
            "中",
            "文字",
            "かな",
            "カ\u3099",
            "한국",
            "\u1112\u1161\u11ab",
            "\ud840\udc00",
            "。",
            "、",
            "שלום",
            "مرحبا",
            "\u200f",
            "\u202e",
            "ไทย",
            "नमस्ते",
            "👩\u200d👩\u200d👧",
            "🏳\ufe0f\u200d🌈",
            "👍🏽",
            "🇩🇪",
            "\ufe0f",
            "\u200d",
            ".",
            ",",
            "!",
            "?",
            "...",
            "-",
            "_",
            "/",
            "//",
            "\\",
            "(",
            ")",
            "{",
            "};",
            "==",
            "#",
            "$",
            "€",
            "+",
            "\"",
            "<|endoftext|>",
            "<|im_start|>",
            "<|endo",
            "|>",
            "<s>",
            "</s>",
            "<unk>",
            "[MASK]",
            "▁",
            "▁▁",
            "<0x0A>",
            "\ue000",
            "\ufffd",
            "\uffff",
            "\ud83f\udffe",
            "\udb40\udd00",
            "\u0378",
            "\ud83e\udeea",
            "ꟑ",
            "𐞁");

    private final Random random;

    public AdversarialStrings(Random random) {
        this.random = random;
    }

    /** The next one, of 1 to 12 atoms, each tenth of up to 120; always valid Unicode. */
    public String next() {
        int alphabet = 1 + random.nextInt(6);
        String[] atoms = new String[alphabet];
        for (int i = 0; i < alphabet; i++) {
            atoms[i] = random.nextInt(8) == 0 ? anyCharacter() : ATOMS.get(random.nextInt(ATOMS.size()));
        }
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 120 : 12);
        for (int i = 0; i < length; i++) {
            text.append(atoms[random.nextInt(alphabet)]);
        }
        return text.toString();
    }

    private String anyCharacter() {
        int limit = random.nextInt(3) == 0 ? Character.MAX_CODE_POINT + 1 : 0x3000;
        int point = random.nextInt(limit);
        return point >= 0xD800 && point < 0xE000 ? "\ufffd" : Character.toString(point);
    }
}
