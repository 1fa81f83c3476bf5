package corpusmill.tokenizer;

import java.util.Random;

/** Random numbers that can be replayed with {@code -Dtest.seed=N}. */
public final class Seeds {
    private Seeds() {}

    /** A generator whose seed is printed. */
    public static Random random(String test) {
        String given = System.getProperty("test.seed", "");
        long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given);
        System.out.println(test + ": replay with -Dtest.seed=" + seed);
        return new Random(seed);
    }
}
