package corpusmill.tokenizer.fast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import corpusmill.tokenizer.FeatureNotCoveredException;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenizerDefinition;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides whether the fast engine covers a definition, and makes its model. Everything in the file must be on a list of
 * what is known; what cannot change ids (post-processors, decoders) is not looked into.
 */
final class FastPlanner {
    private static final Set<String> ROOT =
            Set.of("version", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model");
    private static final Set<String> MODEL = Set.of(
            "type",
            "dropout",
            "unk_token",
            "continuing_subword_prefix",
            "end_of_word_suffix",
            "fuse_unk",
            "byte_fallback",
            "ignore_merges",
            "vocab",
            "merges");
    private static final Set<String> ADDED =
            Set.of("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special");
    private static final Set<String> BYTE_LEVEL = Set.of("type", "add_prefix_space", "trim_offsets", "use_regex");
    private static final Set<String> POST =
            Set.of("ByteLevel", "TemplateProcessing", "RobertaProcessing", "BertProcessing", "Sequence");
    /** One less than the bits hold: the last id marks what is empty. */
    private static final int MOST_IDS = (1 << PieceCache.ID_BITS) - 1;

    private final TokenizerDefinition definition;
    private final SpecialTokens policy;
    private final String name;

    FastPlanner(TokenizerDefinition definition, SpecialTokens policy) {
        this.definition = definition;
        this.policy = policy;
        this.name = definition.name();
    }

    /**
     * The model.
     *
     * @throws FeatureNotCoveredException naming the JSON path of what is not covered
     */
    FastModel plan() {
        ObjectNode tree = definition.tree();
        Allowed root = new Allowed(name, "$", tree, ROOT);
        Allowed model = new Allowed(name, "$.model", root.get("model"), MODEL);
        checkModel(model);
        JsonNode processor = root.get("post_processor");
        if (!Allowed.isAbsent(processor)
                && !POST.contains(processor.path("type").asText())) {
            throw root.refused("post_processor");
        }
        boolean byteFallback = model.flag("byte_fallback", false);
        Vocabularies tables = new Vocabularies(definition, policy, model);
        return byteFallback ? blankModel(root, tables) : byteLevelModel(root, tables);
    }

    private void checkModel(Allowed model) {
        if (definition.modelType() != corpusmill.tokenizer.ModelType.BPE) {
            throw model.refused("type");
        }
        if (model.get("dropout").asDouble(0) != 0) {
            throw model.refused("dropout");
        }
        model.empty("continuing_subword_prefix");
        model.empty("end_of_word_suffix");
        if (definition.vocabularySize() > MOST_IDS) {
            throw new FeatureNotCoveredException(
                    name, "$.model.vocab", "ids up to " + (definition.vocabularySize() - 1) + ", at most " + MOST_IDS);
        }
    }

    private FastModel byteLevelModel(Allowed root, Vocabularies tables) {
        boolean nfc = false;
        if (!Allowed.isAbsent(root.get("normalizer"))) {
            new Allowed(name, "$.normalizer", root.get("normalizer"), Set.of("type")).text("type", "NFC");
            nfc = true;
        }
        Supplier<Spans> spans = spans(root);
        ByteAlphabet alphabet = tables.byteAlphabet();
        return new FastModel(
                spans,
                alphabet,
                tables.pairs(),
                tables.byteLevelWidths(),
                tables.byteLevelVocabulary(alphabet),
                tables.borders(alphabet),
                new SharedPieces(),
                addedTokens(root, nfc, true),
                nfc,
                false);
    }

    private Supplier<Spans> spans(Allowed root) {
        JsonNode node = root.get("pre_tokenizer");
        if (node.path("type").asText().equals("ByteLevel")) {
            if (!byteLevel("$.pre_tokenizer", node)) {
                throw new FeatureNotCoveredException(
                        name, "$.pre_tokenizer.use_regex", "false, and nothing else splits");
            }
            return Gpt2Spans::new;
        }
        Allowed sequence = new Allowed(name, "$.pre_tokenizer", node, Set.of("type", "pretokenizers"));
        sequence.text("type", "Sequence");
        JsonNode parts = sequence.get("pretokenizers");
        if (parts.size() == 4) {
            requireFalcon(parts);
            return FalconSpans::new;
        }
        if (parts.size() != 2) {
            throw sequence.refused("pretokenizers");
        }
        Supplier<Spans> spans = split("$.pre_tokenizer.pretokenizers[0]", parts.get(0));
        if (byteLevel("$.pre_tokenizer.pretokenizers[1]", parts.get(1))) {
            throw new FeatureNotCoveredException(
                    name, "$.pre_tokenizer.pretokenizers[1].use_regex", "true, behind another split");
        }
        return spans;
    }

    private void requireFalcon(JsonNode parts) {
        String path = "$.pre_tokenizer.pretokenizers";
        Allowed punctuation = new Allowed(name, path + "[0]", parts.get(0), Set.of("type", "behavior"));
        punctuation.text("type", "Punctuation");
        punctuation.text("behavior", "Contiguous");
        if (!byteLevel(path + "[1]", parts.get(1))) {
            throw new FeatureNotCoveredException(name, path + "[1].use_regex", "false, behind punctuation");
        }
        Allowed digits = new Allowed(name, path + "[2]", parts.get(2), Set.of("type", "individual_digits"));
        digits.text("type", "Digits");
        digits.off("individual_digits");
        Allowed split = new Allowed(name, path + "[3]", parts.get(3), Set.of("type", "pattern", "behavior", "invert"));
        split.text("type", "Split");
        split.text("behavior", "Isolated");
        split.off("invert");
        new Allowed(name, path + "[3].pattern", split.get("pattern"), Set.of("Regex")).text("Regex", "[0-9][0-9][0-9]");
    }

    private Supplier<Spans> split(String path, JsonNode node) {
        Allowed split = new Allowed(name, path, node, Set.of("type", "pattern", "behavior", "invert"));
        split.text("type", "Split");
        boolean removed = split.get("behavior").asText().equals("Removed");
        split.text("behavior", removed ? "Removed" : "Isolated");
        if (split.flag("invert", false) != removed) {
            throw split.refused("invert");
        }
        Allowed pattern = new Allowed(name, path + ".pattern", split.get("pattern"), Set.of("Regex"));
        return SplitPattern.of(pattern.get("Regex").asText())
                .orElseThrow(() -> pattern.refused("Regex"))
                .spans();
    }

    /** Whether it splits. */
    private boolean byteLevel(String path, JsonNode node) {
        Allowed part = new Allowed(name, path, node, BYTE_LEVEL);
        part.text("type", "ByteLevel");
        if (part.flag("add_prefix_space", true)) {
            throw part.refused("add_prefix_space");
        }
        return part.flag("use_regex", true);
    }

    private FastModel blankModel(Allowed root, Vocabularies tables) {
        boolean blankBefore = BlankNormalizer.read(name, root);
        if (!Allowed.isAbsent(root.get("pre_tokenizer"))) {
            throw root.refused("pre_tokenizer");
        }
        tables.requireCutAtBlanks();
        CharAlphabet alphabet = tables.charAlphabet();
        return new FastModel(
                BlankSpans::new,
                alphabet,
                tables.pairs(),
                tables.blankWidths(),
                tables.blankVocabulary(alphabet),
                null,
                new SharedPieces(),
                addedTokens(root, false, false),
                false,
                blankBefore);
    }

    private AddedTokens addedTokens(Allowed root, boolean nfc, boolean mayBeNormalized) {
        AddedTokens added = new AddedTokens();
        Set<String> seen = new HashSet<>();
        JsonNode list = root.get("added_tokens");
        for (int i = 0; i < list.size(); i++) {
            Allowed token = new Allowed(name, "$.added_tokens[" + i + "]", list.get(i), ADDED);
            String content = token.get("content").asText();
            if (!seen.add(content)) {
                throw token.refused("content");
            }
            if (!token.get("normalized").isBoolean()) {
                throw token.refused("normalized");
            }
            if (token.flag("special", false) && policy == SpecialTokens.ORDINARY) {
                continue;
            }
            if (token.flag("lstrip", false) || token.flag("rstrip", false) || token.flag("single_word", false)) {
                added.addFlagged(content);
            }
            boolean normalized = token.flag("normalized", false);
            if (normalized && (!mayBeNormalized || (nfc && !isAscii(content)))) {
                throw token.refused("normalized");
            }
            added.add(content, token.get("id").asInt(), normalized);
        }
        return added.build();
    }

    private static boolean isAscii(String content) {
        return content.getBytes(StandardCharsets.UTF_8).length == content.length();
    }
}
