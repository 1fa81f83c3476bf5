package corpusmill.tokenizer.fast;

import com.fasterxml.jackson.databind.JsonNode;
import corpusmill.tokenizer.AddedToken;
import corpusmill.tokenizer.FeatureNotCoveredException;
import corpusmill.tokenizer.Merges;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenizerDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a model's tables from {@code $.model}. */
final class Vocabularies {
    private static final String BLANK = "▁";

    private final String name;
    private final Allowed model;
    private final boolean ignoreMerges;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private final PairTable pairs;

    Vocabularies(TokenizerDefinition definition, SpecialTokens policy, Allowed model) {
        this.name = definition.name();
        this.model = model;
        this.ignoreMerges = model.flag("ignore_merges", false);
        for (Map.Entry<String, JsonNode> entry : model.get("vocab").properties()) {
            ids.put(entry.getKey(), entry.getValue().intValue());
        }
        if (policy == SpecialTokens.ORDINARY) {
            definition.addedTokens().stream()
                    .filter(AddedToken::special)
                    .map(AddedToken::content)
                    .forEach(closed::add);
        }
        this.pairs = readPairs();
    }

    PairTable pairs() {
        return pairs;
    }

    private PairTable readPairs() {
        JsonNode merges = model.get("merges");
        PairTable table = new PairTable(merges.size());
        for (int rank = 0; rank < merges.size(); rank++) {
            String[] pair = Merges.pair(merges.get(rank));
            if (pair == null || !table.put(id(pair[0]), id(pair[1]), rank, id(pair[0] + pair[1]))) {
                throw new FeatureNotCoveredException(
                        name, "$.model.merges[" + rank + "]", "the same pair as an earlier one");
            }
        }
        return table;
    }

    private int id(String token) {
        return ids.getOrDefault(token, -1);
    }

    /** One symbol a byte; every byte that UTF-8 uses must have one if there is an unknown token, which it would become. */
    ByteAlphabet byteAlphabet() {
        int[] symbols = new int[256];
        Arrays.fill(symbols, -1);
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            byte[] bytes = entry.getKey().length() == 1 ? ByteSpelling.bytes(entry.getKey()) : null;
            if (bytes != null) {
                symbols[bytes[0] & 0xff] = entry.getValue();
            }
        }
        boolean dropped = Allowed.isAbsent(model.get("unk_token"));
        for (int value = 0; value < symbols.length; value++) {
            if (!dropped && symbols[value] < 0 && ByteAlphabet.occurs(value)) {
                throw new FeatureNotCoveredException(
                        name, "$.model.vocab", "no token for the byte 0x" + Integer.toHexString(value));
            }
        }
        return new ByteAlphabet(symbols, pairs);
    }

    /** The pieces that are one token, because the file says so or because their merges lead there. */
    Vocabulary byteLevelVocabulary(Alphabet alphabet) {
        List<Piece> tokens = byteLevelTokens();
        if (!ignoreMerges) {
            tokens.removeIf(unreached(tokens, alphabet));
        }
        return vocabulary(tokens);
    }

    private List<Piece> byteLevelTokens() {
        List<Piece> tokens = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            byte[] bytes = closed.contains(entry.getKey()) ? null : ByteSpelling.bytes(entry.getKey());
            if (bytes != null) {
                tokens.add(new Piece(bytes, entry.getValue()));
            }
        }
        return tokens;
    }

    private boolean areReached(List<Piece> tokens, Alphabet alphabet) {
        return tokens.stream().noneMatch(unreached(tokens, alphabet));
    }

    /**
     * The places that merging never crosses; null where a piece may become a token that its merges do not lead to, so that
     * the same bytes inside another piece become something else, or where a byte of it may vanish.
     */
    @Nullable
    Borders borders(ByteAlphabet alphabet) {
        if (!alphabet.isComplete() || (ignoreMerges && !areReached(byteLevelTokens(), alphabet))) {
            return null;
        }
        Borders borders = new Borders();
        for (String product : products()) {
            byte[] bytes = ByteSpelling.bytes(product);
            if (bytes != null) {
                borders.put(bytes);
            }
        }
        return borders;
    }

    /** The same for pieces that hold blanks where tokens have {@code ▁}. */
    Vocabulary blankVocabulary(Alphabet alphabet) {
        List<Piece> tokens = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            if (!entry.getKey().contains(" ") && !closed.contains(entry.getKey())) {
                byte[] bytes = entry.getKey().replace(BLANK, " ").getBytes(StandardCharsets.UTF_8);
                tokens.add(new Piece(bytes, entry.getValue()));
            }
        }
        tokens.removeIf(unreached(tokens, alphabet));
        return vocabulary(tokens);
    }

    /** Whether merging a token's bytes leads elsewhere. */
    private Predicate<Piece> unreached(List<Piece> tokens, Alphabet alphabet) {
        Merger merger = new Merger(pairs);
        int[] symbols =
                new int[tokens.stream().mapToInt(t -> t.bytes().length).max().orElse(0)];
        return token -> {
            byte[] bytes = token.bytes();
            int count = merger.merge(alphabet, bytes, 0, bytes.length, symbols);
            return count != 1 || symbols[0] != token.id();
        };
    }

    private static Vocabulary vocabulary(List<Piece> tokens) {
        int longOnes = 0;
        for (Piece token : tokens) {
            longOnes += token.bytes().length > Keys.LONGEST ? 1 : 0;
        }
        Vocabulary vocabulary = new Vocabulary(tokens.size() - longOnes, longOnes);
        tokens.forEach(token -> vocabulary.put(token.bytes(), token.id()));
        return vocabulary;
    }

    /** Widths of the byte alphabet's symbols and of what they merge to. */
    TokenWidths byteLevelWidths() {
        TokenWidths widths = new TokenWidths(
                1 + ids.values().stream().mapToInt(id -> id).max().orElse(0), false);
        boolean[] found = new boolean[256];
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            byte[] one = entry.getKey().length() == 1 ? ByteSpelling.bytes(entry.getKey()) : null;
            if (one != null) {
                widths.put(entry.getValue(), 1);
                found[one[0] & 0xff] = true;
            }
        }
        for (int value = 0; value < found.length; value++) {
            if (!found[value]) {
                widths.putWithout(value);
            }
        }
        products().forEach(product -> widths.put(id(product), product.length()));
        return widths;
    }

    /** Widths of the characters, of the bytes of others, and of what characters merge to; {@code ▁} as a blank. */
    TokenWidths blankWidths() {
        TokenWidths widths = new TokenWidths(
                1 + ids.values().stream().mapToInt(id -> id).max().orElse(0), true);
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            String token = entry.getKey();
            if (token.codePointCount(0, token.length()) == 1) {
                widths.put(entry.getValue(), blankWidth(token));
            }
        }
        for (int value = 0; value < 256; value++) {
            if (ByteAlphabet.occurs(value)) {
                widths.put(id(byteToken(value)), 1);
            }
        }
        products().forEach(product -> widths.put(id(product), blankWidth(product)));
        return widths;
    }

    private static int blankWidth(String token) {
        return token.replace(BLANK, " ").getBytes(StandardCharsets.UTF_8).length;
    }

    private List<String> products() {
        List<String> products = new ArrayList<>();
        for (JsonNode merge : model.get("merges")) {
            String[] pair = Merges.pair(merge);
            if (pair != null) {
                products.add(pair[0] + pair[1]);
            }
        }
        return products;
    }

    private static String byteToken(int value) {
        return String.format("<0x%02X>", value);
    }

    /** One symbol a character; where the vocabulary has none, one a byte, all of which it must have. */
    CharAlphabet charAlphabet() {
        if (ignoreMerges) {
            throw model.refused("ignore_merges");
        }
        int[] bytes = new int[256];
        for (int value = 0; value < bytes.length; value++) {
            String token = byteToken(value);
            bytes[value] = id(token);
            if (bytes[value] < 0 && ByteAlphabet.occurs(value)) {
                throw new FeatureNotCoveredException(name, "$.model.vocab", "no token " + token);
            }
        }
        CharAlphabet alphabet = new CharAlphabet(bytes);
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            String token = entry.getKey();
            if (token.codePointCount(0, token.length()) == 1 && !token.equals(" ")) {
                alphabet.put(token.codePointAt(0), entry.getValue());
            }
        }
        if (ids.containsKey(BLANK)) {
            alphabet.put(' ', id(BLANK));
            return alphabet;
        }
        throw new FeatureNotCoveredException(name, "$.model.vocab", "no token " + BLANK);
    }

    /** No merge may make a token in which {@code ▁} follows something else: then text may be cut before such a one. */
    void requireCutAtBlanks() {
        JsonNode merges = model.get("merges");
        for (int rank = 0; rank < merges.size(); rank++) {
            String[] pair = Merges.pair(merges.get(rank));
            String product = pair == null ? BLANK : pair[0] + pair[1];
            for (int at = product.indexOf(BLANK, 1); at > 0; at = product.indexOf(BLANK, at + 1)) {
                if (!product.startsWith(BLANK, at - 1)) {
                    throw new FeatureNotCoveredException(
                            name, "$.model.merges[" + rank + "]", "joins a word with the next");
                }
            }
        }
    }

    /** A piece that is one token; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(byte[] bytes, int id) {}
}
