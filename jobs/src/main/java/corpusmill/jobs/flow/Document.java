package corpusmill.jobs.flow;

import org.jspecify.annotations.Nullable;

/**
 * A text with its identity.
 *
 * @param id document id, {@link DocumentId}
 * @param source index of the mixture component
 * @param text what is deduplicated and tokenised; valid Unicode without lone surrogates
 * @param key the user's own id, if there is one
 */
public record Document(
        long id, int source, String text, @Nullable String key) {}
