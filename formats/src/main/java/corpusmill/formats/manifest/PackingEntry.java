package corpusmill.formats.manifest;

/**
 * How documents became rows.
 *
 * @param mode {@code best-fit}, {@code concatenate} or {@code document}
 * @param seed of the packing
 */
public record PackingEntry(String mode, long seed) {}
