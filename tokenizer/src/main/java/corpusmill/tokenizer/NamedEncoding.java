package corpusmill.tokenizer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a ranks file does not hold: how text is split, and the special tokens. From the public sources of tiktoken
 * (tiktoken_ext/openai_public.py) and of Qwen (tokenization_qwen.py), the patterns in the spelling of tokenizer.json.
 */
enum NamedEncoding {
    R50K_BASE("r50k_base", Splits.GPT2, Map.of("<|endoftext|>", 50256)),
    P50K_BASE("p50k_base", Splits.GPT2, Map.of("<|endoftext|>", 50256)),
    CL100K_BASE(
            "cl100k_base",
            Splits.CL100K,
            Map.of(
                    "<|endoftext|>", 100257,
                    "<|fim_prefix|>", 100258,
                    "<|fim_middle|>", 100259,
                    "<|fim_suffix|>", 100260,
                    "<|endofprompt|>", 100276)),
    O200K_BASE("o200k_base", Splits.O200K, Map.of("<|endoftext|>", 199999, "<|endofprompt|>", 200018)),
    QWEN("qwen", Splits.CL100K.replace("{1,3}", ""), qwen());

    private final String file;
    private final String split;

    @SuppressWarnings("ImmutableEnumChecker") // the maps cannot be changed
    private final Map<String, Integer> special;

    NamedEncoding(String file, String split, Map<String, Integer> special) {
        this.file = file;
        this.split = split;
        this.special = special;
    }

    /** The pattern whose matches are the pieces. */
    String split() {
        return split;
    }

    /** Special tokens and their ids, in no order. */
    Map<String, Integer> special() {
        return special;
    }

    /** The encoding that a file's name without its extension says. */
    static NamedEncoding of(String name) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.file.equals(name))
                .findFirst()
                .orElseThrow(() -> new TokenizerException("Tokenizer '" + name
                        + "': a .tiktoken file holds ranks only, and its name must say the encoding, but '" + name
                        + "' is none of "
                        + Arrays.stream(values()).map(encoding -> encoding.file).collect(Collectors.joining(", "))
                        + "; rename the file, or use a tokenizer.json."));
    }

    private static Map<String, Integer> qwen() {
        Map<String, Integer> special = new LinkedHashMap<>();
        special.put("<|endoftext|>", 151643);
        special.put("<|im_start|>", 151644);
        special.put("<|im_end|>", 151645);
        for (int extra = 0; extra < 205; extra++) {
            special.put("<|extra_" + extra + "|>", 151646 + extra);
        }
        return Map.copyOf(special);
    }

    /** Constants of an enum cannot be used by its values; those of a class can. */
    private static final class Splits {
        private static final String TAIL = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
        static final String GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
        static final String CL100K = TAIL + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
        static final String O200K =
                "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+" + TAIL
                        + "?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                        + TAIL + "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

        private Splits() {}
    }
}
