package corpusmill.jobs.dedup.near;

import corpusmill.formats.ConfigException;
import java.io.Serializable;

/**
 * How the minima of a signature are cut into bands. Two documents of Jaccard similarity J share at least one band with
 * probability 1 − (1 − J^rows)^bands.
 *
 * @param bands number of bands
 * @param rows minima per band
 */
public record LshBands(int bands, int rows) implements Serializable {

    /** Minima a signature may have: what bounds the cost per shingle. */
    public static final int MAX_MINIMA = 256;

    /** Minima up to which a sharper curve is worth its cost. */
    private static final int USUAL_MINIMA = 128;

    /**
     * The sharpest curve that still finds pairs at the threshold with the wanted probability, within the usual number of
     * minima, or the cheapest beyond it.
     *
     * @param threshold similarity, in (0, 1]
     * @param recall probability, in (0, 1)
     * @throws ConfigException if no cut within {@link #MAX_MINIMA} minima reaches the recall
     */
    public static LshBands of(double threshold, double recall) {
        LshBands best = null;
        for (int rows = 1; rows <= MAX_MINIMA; rows++) {
            int bands = bandsFor(threshold, recall, rows);
            if (bands > 0 && bands * rows <= (best == null ? MAX_MINIMA : USUAL_MINIMA)) {
                best = new LshBands(bands, rows);
            }
        }
        if (best == null) {
            throw new ConfigException("deduplication.near: threshold " + threshold + " with recall " + recall
                    + " needs more than " + MAX_MINIMA + " minima; raise the threshold or lower the recall");
        }
        return best;
    }

    /** The bands that reach the recall with so many rows; 0 if more than {@link #MAX_MINIMA}. */
    private static int bandsFor(double threshold, double recall, int rows) {
        double agree = StrictMath.pow(threshold, rows);
        if (agree >= 1) {
            return 1;
        }
        double bands = StrictMath.ceil(StrictMath.log(1 - recall) / StrictMath.log1p(-agree));
        return bands <= MAX_MINIMA ? Math.max(1, (int) bands) : 0;
    }

    /** Minima of a signature. */
    public int minima() {
        return bands * rows;
    }

    /** Probability that a pair of this similarity becomes a candidate. */
    public double probability(double similarity) {
        return 1 - StrictMath.pow(1 - StrictMath.pow(similarity, rows), bands);
    }
}
