package corpusmill.jobs.prepare;

import java.util.Arrays;

/** Estimates of what the input holds and what of it a run keeps; sums of weights, so not whole. One thread. */
final class InputFigures {

    /** Documents read. */
    double documents;
    /** Bytes of text of each source. */
    final double[] textBytes;
    /** Characters of the documents' own ids. */
    double keyBytes;
    /** Documents removed as copies. */
    double identical;
    /** Documents removed as near-duplicates. */
    double similar;
    /** Records rejected. */
    double rejected;
    /** Bytes of rejected records that the quarantine keeps. */
    double rejectedBytes;
    /** Files with such records. */
    double rejectedFiles;
    /** What Parquet makes of a byte of text. */
    double storedRatio = 1;
    /** What Parquet makes of a byte of token ids. */
    double tokenRatio = 1;
    /** Kept documents by source, those for training and those for validation. */
    final double[][] kept;
    /** Their tokens. */
    final double[][] tokens;
    /** The rows they would take alone. */
    final double[][] rowsAlone;

    InputFigures(int sources) {
        textBytes = new double[sources];
        kept = new double[2][sources];
        tokens = new double[2][sources];
        rowsAlone = new double[2][sources];
    }

    void keep(int source, boolean validation, double weight, long count, int rowTokens) {
        int split = validation ? 1 : 0;
        kept[split][source] += weight;
        tokens[split][source] += weight * count;
        rowsAlone[split][source] += weight * Math.ceil(count / (double) rowTokens);
    }

    /** Bytes of all texts. */
    double text() {
        return Arrays.stream(textBytes).sum();
    }

    /** Kept documents of all sources and splits. */
    double keptDocuments() {
        return Arrays.stream(kept).flatMapToDouble(Arrays::stream).sum();
    }

    /** Tokens of these. */
    double keptTokens() {
        return Arrays.stream(tokens).flatMapToDouble(Arrays::stream).sum();
    }
}
