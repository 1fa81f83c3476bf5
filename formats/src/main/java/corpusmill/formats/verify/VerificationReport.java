package corpusmill.formats.verify;

import java.util.List;

/**
 * What verification found.
 *
 * @param findings empty for a whole dataset
 * @param files files looked at
 * @param bytes bytes read
 */
public record VerificationReport(List<Finding> findings, long files, long bytes) {

    public VerificationReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean ok() {
        return findings.isEmpty();
    }
}
