package corpusmill.tokenizer.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import corpusmill.tokenizer.AddedToken;
import corpusmill.tokenizer.SpecialTokenInTextException;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.TokenizerException;
import corpusmill.tokenizer.special.SpecialTokenMatcher;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A native tokenizer set up for one policy. Immutable, for any number of threads.
 *
 * <p>The engine does not read the ids of {@code $.added_tokens}: it takes the vocabulary's id of a content, or counts on
 * from the end of the vocabulary. So each added token is asked for its id at the start; under {@link
 * SpecialTokens#ORDINARY}, where the others move up, ids are mapped back, and a file that says something else than the
 * engine does is refused.
 */
final class ReferenceModel implements AutoCloseable {
    /** Texts longer than this are cut where {@link SafeCut} allows it: 50 MB of native memory a thread. */
    static final int PIECE = 256 << 10;

    /** The longest text to encode at once, in bytes: about 3 GB of native memory. */
    static final int LONGEST_PIECE = 16 << 20;

    private final TokenizerDefinition definition;
    private final SpecialTokens policy;
    private final SpecialTokenMatcher specials;
    private final int pieceBytes;
    private final NativeTokenizer engine;
    private final Map<Integer, Integer> renumbered = new HashMap<>();
    private final Map<Integer, String> rejected;

    ReferenceModel(TokenizerDefinition definition, SpecialTokens policy, int pieceBytes) {
        this.definition = definition;
        this.policy = policy;
        ObjectNode root = definition.tree();
        this.pieceBytes = SafeCut.allows(definition.modelType(), root) ? pieceBytes : Integer.MAX_VALUE;
        List<AddedToken> special =
                definition.addedTokens().stream().filter(AddedToken::special).collect(Collectors.toList());
        this.specials = new SpecialTokenMatcher(
                special.stream().map(AddedToken::content).collect(Collectors.toList()));
        this.rejected = policy == SpecialTokens.REJECT ? withoutUnknown(special, root.path("model")) : Map.of();
        if (policy == SpecialTokens.ORDINARY && !special.isEmpty()) {
            OrdinaryDefinition.apply(definition, root);
            this.engine = new NativeTokenizer(definition.name(), root.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            this.engine = new NativeTokenizer(definition.name(), definition.json());
        }
        try {
            checkAddedTokens(root.path("model").path("vocab"));
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    SpecialTokens policy() {
        return policy;
    }

    SpecialTokenMatcher specials() {
        return specials;
    }

    int pieceBytes() {
        return pieceBytes;
    }

    NativeTokenizer engine() {
        return engine;
    }

    /**
     * The definition's id for an id of the engine.
     *
     * @throws SpecialTokenInTextException if the policy rejects it: a spelling that only the normaliser makes special
     */
    int idOf(int engineId) {
        if (!rejected.isEmpty()) {
            String content = rejected.get(engineId);
            if (content != null) {
                throw new SpecialTokenInTextException(content);
            }
        }
        return renumbered.isEmpty() ? engineId : renumbered.getOrDefault(engineId, engineId);
    }

    private static Map<Integer, String> withoutUnknown(List<AddedToken> special, JsonNode model) {
        String unknown = model.path("unk_token").asText("");
        int unknownId = model.path("unk_id").asInt(-1);
        return special.stream()
                .filter(token -> !token.content().equals(unknown) && token.id() != unknownId)
                .collect(Collectors.toMap(AddedToken::id, AddedToken::content, (first, second) -> first));
    }

    private void checkAddedTokens(JsonNode vocabulary) {
        List<AddedToken> tokens = definition.addedTokens();
        for (int i = 0; i < tokens.size(); i++) {
            AddedToken token = tokens.get(i);
            if (policy == SpecialTokens.ORDINARY && token.special()) {
                continue;
            }
            long[] ids = engine.encode(token.content());
            if (ids.length != 1 || ids[0] == token.id()) {
                continue;
            }
            if (policy != SpecialTokens.ORDINARY) {
                throw new TokenizerException("Tokenizer '" + definition.name() + "': $.added_tokens[" + i + "].id is "
                        + token.id() + ", but the reference engine numbers '" + token.content() + "' " + ids[0]
                        + ": it counts on from the vocabulary. Order the added tokens by id, without gaps.");
            }
            renumbered.put((int) ids[0], token.id());
        }
        if (!renumbered.isEmpty()) {
            requireUnused(vocabulary);
        }
    }

    private void requireUnused(JsonNode vocabulary) {
        for (JsonNode id : vocabulary) {
            if (renumbered.containsKey(id.asInt(-1))) {
                throw new TokenizerException("Tokenizer '" + definition.name()
                        + "': tokenizer.special-tokens 'ordinary' cannot be kept: without its special tokens the reference"
                        + " engine gives an added token id " + id.asInt()
                        + ", which $.model.vocab uses. Set tokenizer.special-tokens to control or reject.");
            }
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
