package corpusmill.jobs.tokenize;

import corpusmill.formats.ConfigException;
import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenizerDefinition;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer in SQL: {@code NAME.encode(text)}, {@code NAME.decode(ids)} and {@code NAME.count(text)}, for a catalog
 * that is configured so:
 *
 * <pre>
 * spark.sql.catalog.NAME                 corpusmill.jobs.tokenize.TokenFunctions
 * spark.sql.catalog.NAME.tokenizer       a definition on the driver's disk, as tokenizer.path of a job
 * spark.sql.catalog.NAME.engine          auto (when left out), fast or reference
 * spark.sql.catalog.NAME.special-tokens  ordinary (when left out), control or reject
 * </pre>
 *
 * <p>The ids are those of the tokenize stage, without what it puts after a document. The definition is read, and the fast
 * engine proven, when a function is first named; executors get both from the driver.
 */
public final class TokenFunctions implements FunctionCatalog {
    private static final String TOKENIZER = "tokenizer";
    private static final String ENGINE = "engine";
    private static final String SPECIAL_TOKENS = "special-tokens";
    private static final Set<String> KEYS = new TreeSet<>(Set.of(TOKENIZER, ENGINE, SPECIAL_TOKENS));

    private String name = "";
    private CaseInsensitiveStringMap options = CaseInsensitiveStringMap.empty();
    private @Nullable TokenizerSource source;

    @Override
    public void initialize(String catalog, CaseInsensitiveStringMap settings) {
        name = catalog;
        options = settings;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Identifier[] listFunctions(String[] namespace) {
        return Arrays.stream(TokenFunction.Kind.values())
                .filter(kind -> namespace.length == 0)
                .map(kind -> Identifier.of(namespace, kind.word()))
                .toArray(Identifier[]::new);
    }

    @Override
    public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
        for (TokenFunction.Kind kind : TokenFunction.Kind.values()) {
            if (identifier.namespace().length == 0
                    && identifier.name().toLowerCase(Locale.ROOT).equals(kind.word())) {
                return new TokenFunction(kind, source());
            }
        }
        throw new NoSuchFunctionException(identifier);
    }

    /** The tokenizer, proven once. */
    private synchronized TokenizerSource source() {
        if (source == null) {
            options.keySet().forEach(key -> {
                if (!KEYS.contains(key)) {
                    throw new ConfigException(setting(key) + " is not known; the keys are " + String.join(", ", KEYS));
                }
            });
            String path = options.get(TOKENIZER);
            if (path == null) {
                throw new ConfigException(setting(TOKENIZER) + " is missing; name a tokenizer.json");
            }
            source = TokenizeStage.chosen(new TokenizerSource(
                    TokenizerDefinition.read(Path.of(path)),
                    choice(ENGINE, EngineChoice.AUTO, List.of(EngineChoice.values())),
                    choice(SPECIAL_TOKENS, SpecialTokens.ORDINARY, List.of(SpecialTokens.values()))));
        }
        return source;
    }

    private <E extends Enum<E>> E choice(String key, E otherwise, List<E> all) {
        String word = options.getOrDefault(key, otherwise.name());
        return all.stream()
                .filter(value -> value.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new ConfigException(setting(key) + " is '" + word + "'; it must be one of "
                        + all.stream()
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private String setting(String key) {
        return "spark.sql.catalog." + name + "." + key;
    }
}
