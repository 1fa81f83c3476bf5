package corpusmill.jobs.flow;

import org.jspecify.annotations.Nullable;

/**
 * A document's tokens, framing included.
 *
 * @param id document id
 * @param source index of the mixture component
 * @param tokens little-endian ids of the dataset's token width; empty if dropped
 * @param specials places where the text spells a special token and was taken as ordinary text
 * @param dropped why the document goes no further; null if it does
 */
public record TokenizedDocument(
        long id,
        int source,
        byte[] tokens,
        long specials,
        @Nullable String dropped) {}
