package corpusmill.jobs.report;

/**
 * What the bands of the near-duplicates tell of the curve: pairs of a range of similarity and the bands they share.
 *
 * @param similarity mean exact Jaccard similarity of the pairs
 * @param pairs pairs that were found, that is, share a band at least
 * @param shared bands they share, summed over the pairs
 */
public record CurvePoint(double similarity, long pairs, long shared) {

    private static final int HALVINGS = 60;

    /**
     * The probability that such a pair is found, estimated from the pairs that were: their numbers of shared bands follow
     * a binomial distribution without its zero, whose mean b·p / (1 − (1 − p)^b) gives the maximum-likelihood p.
     *
     * @param bands number of bands b
     */
    double probability(int bands) {
        double mean = (double) shared / pairs;
        if (mean <= 1) {
            return 0;
        }
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double p = (low + high) / 2;
            if (bands * p / found(p, bands) < mean) {
                low = p;
            } else {
                high = p;
            }
        }
        return found((low + high) / 2, bands);
    }

    private static double found(double p, int bands) {
        return 1 - StrictMath.pow(1 - p, bands);
    }
}
