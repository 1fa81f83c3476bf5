package corpusmill.formats;

/** Seeds of random tests: printed, and replayable with {@code -Dtest.seed=N}. */
public final class Seeds {

    private Seeds() {}

    /** The seed to use; prints how to repeat the run. */
    public static long seed(String test) {
        String given = System.getProperty("test.seed", "");
        long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given);
        System.out.println(test + ": repeat with -Dtest=" + test + " -Dtest.seed=" + seed);
        return seed;
    }
}
