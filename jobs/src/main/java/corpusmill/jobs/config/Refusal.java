package corpusmill.jobs.config;

import org.jspecify.annotations.Nullable;

/** A value that its key does not accept. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /** It is not within the key's limit. */
    Refusal() {}

    /**
     * It is refused for a reason of its own.
     *
     * @param sentence what follows the key's name
     */
    Refusal(String sentence) {
        super(sentence);
    }

    @Nullable
    String sentence() {
        return getMessage();
    }
}
