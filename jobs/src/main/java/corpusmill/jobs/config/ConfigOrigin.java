package corpusmill.jobs.config;

/**
 * Where a value came from.
 *
 * @param place as messages and {@code --print-config} name it: {@code default}, {@code job.yaml:12:3}, {@code --set}
 */
public record ConfigOrigin(String place) {

    /** Nobody wrote it. */
    public static final ConfigOrigin DEFAULT = new ConfigOrigin("default");

    @Override
    public String toString() {
        return place;
    }
}
