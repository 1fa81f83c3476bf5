package corpusmill.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer definition: the checked content of a {@code tokenizer.json} and, where there is one, what its {@code
 * tokenizer_config.json} says about the end of a text.
 *
 * <p>Immutable, for any number of threads. Serialisable; also rebuilt by {@link #read(String, byte[], byte[])} from
 * {@link #name()}, {@link #json()} and {@link #config()}. Holds the file's content once: a few to 30 MB.
 */
public final class TokenizerDefinition implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Contents by which known families spell the end of a text, the likelier first. */
    private static final List<String> ENDS =
            List.of("<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>", "<｜end▁of▁sentence｜>", "[SEP]");

    private final String name;
    private final transient byte[] json;
    private final transient byte @Nullable [] config;
    private final transient String fingerprint;
    private final transient ModelType modelType;
    private final transient List<AddedToken> addedTokens;
    private final transient Map<String, Integer> addedIds;
    private final transient int vocabularySize;
    private final transient @Nullable Integer endOfSequence;

    private TokenizerDefinition(String name, ObjectNode root, @Nullable ObjectNode settings) {
        this.name = name;
        root.remove(List.of("truncation", "padding"));
        DefinitionParser parser = new DefinitionParser(name, root);
        this.modelType = parser.type();
        this.addedTokens = List.copyOf(parser.addedTokens());
        this.vocabularySize = parser.vocabularySize();
        this.addedIds = new HashMap<>();
        addedTokens.forEach(token -> addedIds.put(token.content(), token.id()));
        this.json = DefinitionJson.canonical("Tokenizer '" + name + "'", root);
        this.config = settings == null ? null : DefinitionJson.canonical("Tokenizer '" + name + "'", settings);
        this.fingerprint = sha256(json);
        this.endOfSequence = findEnd(settings);
    }

    /**
     * Reads a definition.
     *
     * @param name how messages and manifests call it
     * @param json content of {@code tokenizer.json}
     * @param config content of {@code tokenizer_config.json}, or null
     * @throws TokenizerException if the content is damaged or not supported; the message names the JSON path
     */
    public static TokenizerDefinition read(String name, byte[] json, byte @Nullable [] config) {
        ObjectNode root = DefinitionJson.read("Tokenizer '" + name + "'", json);
        ObjectNode settings = config == null
                ? null
                : DefinitionJson.read("tokenizer_config.json of tokenizer '" + name + "'", config)
                        .retain("eos_token");
        return new TokenizerDefinition(name, root, settings);
    }

    static TokenizerDefinition of(String name, ObjectNode root, byte @Nullable [] config) {
        return read(name, DefinitionJson.canonical("Tokenizer '" + name + "'", root), config);
    }

    /**
     * Reads a file in any form of {@link DefinitionFiles}, or the folder that holds it, and {@code tokenizer_config.json}
     * beside it when the file is called {@code tokenizer.json}, {@code vocab.json} or {@code merges.txt}. The name is then
     * the folder's, else the file's without its extension.
     *
     * @throws TokenizerException if the file cannot be read, is damaged or not supported
     */
    public static TokenizerDefinition read(Path file) {
        Path full = file.toAbsolutePath().normalize();
        boolean isFolder = Files.isDirectory(full);
        Path parent = isFolder ? full : full.getParent();
        Path folder = parent == null ? full : parent;
        String folderName = folder.getFileName() == null ? "" : String.valueOf(folder.getFileName());
        if (!isFolder && !Files.isRegularFile(full)) {
            throw new TokenizerException(
                    "Tokenizer file " + file + " cannot be read: there is no such file; check the path.");
        }
        return DefinitionFiles.read(folderName, isFolder ? "" : String.valueOf(full.getFileName()), name -> {
            Path beside = folder.resolve(name);
            try {
                return Files.isRegularFile(beside) ? Files.readAllBytes(beside) : null;
            } catch (IOException e) {
                throw new TokenizerException("Tokenizer file " + beside + " cannot be read: " + e, e);
            }
        });
    }

    /** How messages and manifests call it. */
    public String name() {
        return name;
    }

    /** SHA-256 of {@link #json()}, 64 lower-case hexadecimal digits: the same for any white space and order of keys. */
    public String fingerprint() {
        return fingerprint;
    }

    /** The kind of model. */
    public ModelType modelType() {
        return modelType;
    }

    /** Highest id + 1, added tokens included. Ids in between may be unused. */
    public int vocabularySize() {
        return vocabularySize;
    }

    /** The added tokens, in the order of the file. */
    public List<AddedToken> addedTokens() {
        return addedTokens;
    }

    /** Canonical {@code tokenizer.json}: keys sorted, no white space, without truncation and padding. A copy. */
    public byte[] json() {
        return json.clone();
    }

    /** {@link #json()} as a tree of the caller's own, free to be changed. Parses anew at every call. */
    public ObjectNode tree() {
        return DefinitionJson.read("Tokenizer '" + name + "'", json);
    }

    /** What was kept of {@code tokenizer_config.json}, as JSON, or null where there was none. A copy. */
    public byte @Nullable [] config() {
        return config == null ? null : config.clone();
    }

    /** The id that ends a text: {@code eos_token} of the configuration, else a well-known content; empty if none. */
    public Optional<Integer> endOfSequence() {
        return Optional.ofNullable(endOfSequence);
    }

    /** The id of an added token, special or not. */
    public OptionalInt idOf(String content) {
        Integer id = addedIds.get(content);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /**
     * The ids to put after every document.
     *
     * @param append {@code none}, {@code eos}, or the content of an added token
     * @throws TokenizerException if the definition has no such token; the message names those it has
     */
    public int[] resolveAppend(String append) {
        if (append.equals("none")) {
            return new int[0];
        }
        if (append.equals("eos")) {
            return new int[] {
                endOfSequence()
                        .orElseThrow(() -> new TokenizerException(
                                "Tokenizer '" + name + "' has no known end-of-sequence token; " + choices()))
            };
        }
        return new int[] {
            idOf(append)
                    .orElseThrow(() -> new TokenizerException(
                            "Tokenizer '" + name + "' has no added token '" + append + "'; " + choices()))
        };
    }

    private String choices() {
        List<String> special = addedTokens.stream()
                .filter(AddedToken::special)
                .map(AddedToken::content)
                .collect(Collectors.toList());
        String more = special.size() > 20 ? " and " + (special.size() - 20) + " more" : "";
        return special.isEmpty()
                ? "it has no special tokens: use 'none'."
                : "its special tokens are " + String.join(", ", special.subList(0, Math.min(20, special.size()))) + more
                        + ": name one of them, or use 'none'.";
    }

    private @Nullable Integer findEnd(@Nullable ObjectNode settings) {
        JsonNode configured = settings == null ? null : settings.get("eos_token");
        if (configured != null && !configured.isNull()) {
            String content = configured.isObject() ? configured.path("content").asText() : configured.asText();
            return addedIds.get(content);
        }
        return ENDS.stream()
                .filter(addedIds::containsKey)
                .findFirst()
                .map(addedIds::get)
                .orElse(null);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Two definitions are equal when their names, fingerprints and ends of text are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenizerDefinition that
                && name.equals(that.name)
                && fingerprint.equals(that.fingerprint)
                && endOfSequence().equals(that.endOfSequence());
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    @Override
    public String toString() {
        return name + " (" + modelType.jsonName() + ", " + vocabularySize + " ids, " + fingerprint.substring(0, 12)
                + ")";
    }

    private Object writeReplace() {
        return new Serialized(name, json, config);
    }

    /** What a stream holds; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Serialized(String name, byte[] json, byte @Nullable [] config) implements Serializable {
        private Object readResolve() {
            return read(name, json, config);
        }
    }
}
