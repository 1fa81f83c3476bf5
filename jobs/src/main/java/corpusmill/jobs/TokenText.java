package corpusmill.jobs;

import corpusmill.formats.ConfigException;
import corpusmill.formats.manifest.TokenizerEntry;
import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows token ids: as text when a tokenizer was given, as numbers otherwise. */
interface TokenText extends AutoCloseable {

    /** What stands for the ids. */
    String of(int[] ids);

    @Override
    void close();

    /**
     * Opens a tokenizer.
     *
     * @param path its definition; null to show numbers
     * @param expected the tokenizer of the dataset
     * @throws ConfigException if it is another one
     */
    static TokenText open(@Nullable String path, TokenizerEntry expected) {
        return path == null ? new Numbers() : new Decoded(path, expected);
    }

    /** Ids as numbers. */
    final class Numbers implements TokenText {
        @Override
        public String of(int[] ids) {
            return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        }

        @Override
        public void close() {}
    }

    /** Ids as text. */
    final class Decoded implements TokenText {

        private final Tokenizer tokenizer;

        Decoded(String path, TokenizerEntry expected) {
            TokenizerDefinition definition = TokenizerDefinition.read(Path.of(path));
            if (!definition.fingerprint().equals(expected.fingerprint())) {
                throw new ConfigException("--tokenizer " + path + ": its fingerprint is " + definition.fingerprint()
                        + ", but the dataset was made with " + expected.name() + ", " + expected.fingerprint()
                        + "; give that definition");
            }
            tokenizer = Tokenizers.open(definition, EngineChoice.REFERENCE, SpecialTokens.ORDINARY);
        }

        @Override
        public String of(int[] ids) {
            return tokenizer.decode(ids);
        }

        @Override
        public void close() {
            tokenizer.close();
        }
    }
}
