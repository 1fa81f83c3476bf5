package corpusmill.jobs;

import corpusmill.formats.ConfigException;
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
     */
    static TokenText open(@Nullable String path) {
        if (path != null) {
            throw new ConfigException("--tokenizer " + path + ": this version shows ids only; leave --tokenizer out");
        }
        return new TokenText() {
            @Override
            public String of(int[] ids) {
                return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
            }

            @Override
            public void close() {}
        };
    }
}
