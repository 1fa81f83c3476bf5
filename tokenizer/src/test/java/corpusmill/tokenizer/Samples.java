package corpusmill.tokenizer;

import corpusmill.tokenizer.fast.FastTokenizer;
import java.nio.charset.StandardCharsets;

/** Definitions small enough to be read, and shorthands to run them. */
public final class Samples {
    /** Byte-level BPE over 'a', 'b', 'c', blank and newline, with two merges, a special and a plain added token. */
    public static final String TINY = """
            {"version": "1.0", "truncation": null, "padding": null,
             "added_tokens": [
               {"id": 7, "content": "<|endoftext|>", "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": true},
               {"id": 8, "content": "ccc", "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": false}],
             "normalizer": null,
             "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
             "post_processor": null,
             "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
             "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
               "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false,
               "vocab": {"a": 0, "b": 1, "c": 2, "Ġ": 3, "Ċ": 4, "ab": 5, "Ġab": 6},
               "merges": ["a b", "Ġ ab"]}}
            """;

    private Samples() {}

    public static TokenizerDefinition tiny() {
        return definition(TINY);
    }

    public static TokenizerDefinition definition(String json) {
        return TokenizerDefinition.read("sample", json.getBytes(StandardCharsets.UTF_8), null);
    }

    /** As {@link EngineChoice#AUTO}, without the proof, which takes seconds. */
    public static Tokenizer open(TokenizerDefinition definition, SpecialTokens policy) {
        try {
            return FastTokenizer.open(definition, policy);
        } catch (FeatureNotCoveredException e) {
            return Tokenizers.open(definition, EngineChoice.AUTO, policy);
        }
    }

    public static int[] encode(TokenEncoder encoder, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        TokenBuffer out = new TokenBuffer();
        encoder.encode(utf8, 0, utf8.length, out);
        return out.toArray();
    }
}
