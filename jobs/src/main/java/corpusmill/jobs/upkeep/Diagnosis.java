package corpusmill.jobs.upkeep;

/**
 * What one examination found.
 *
 * @param subject what was looked at, such as {@code output}
 * @param state whether runs can work with it
 * @param sentence what was found and, unless it is fine, the remedy
 * @param exitCode that a run would end with for it; 0 if it is fine
 */
public record Diagnosis(String subject, State state, String sentence, int exitCode) {

    /** How it is. */
    public enum State {
        /** Fine. */
        OK,
        /** Runs work, though not as well as they could. */
        WARNING,
        /** Runs would fail. */
        FAILED
    }

    /** Something that is as it should be. */
    public static Diagnosis ok(String subject, String sentence) {
        return new Diagnosis(subject, State.OK, sentence, 0);
    }

    /** Something that could be better. */
    public static Diagnosis warning(String subject, String sentence) {
        return new Diagnosis(subject, State.WARNING, sentence, 0);
    }

    /** Something that would end a run. */
    public static Diagnosis failed(String subject, String sentence, int exitCode) {
        return new Diagnosis(subject, State.FAILED, sentence, exitCode);
    }
}
