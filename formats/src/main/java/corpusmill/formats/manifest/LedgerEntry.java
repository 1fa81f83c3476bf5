package corpusmill.formats.manifest;

import java.util.Map;

/**
 * The account of a stage: what went in is what came out and what was dropped.
 *
 * @param in documents or records that went in
 * @param out documents that came out
 * @param dropped reason to count, in the order of the manifest
 */
public record LedgerEntry(long in, long out, Map<String, Long> dropped) {

    /**
     * Checks the account.
     *
     * @throws IllegalArgumentException if it does not add up
     */
    public LedgerEntry {
        dropped = Rules.copy(dropped);
        long sum = dropped.values().stream().mapToLong(Long::longValue).sum();
        if (in < 0 || out < 0 || in != out + sum) {
            throw new IllegalArgumentException("a ledger must add up, in = out + dropped, but " + in + " is not " + out
                    + " + " + sum + " " + dropped);
        }
    }
}
