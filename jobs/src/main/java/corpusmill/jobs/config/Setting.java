package corpusmill.jobs.config;

import java.util.List;

/**
 * One value of a job, as it is used.
 *
 * @param path its groups and its key; a Spark setting's name is one element
 * @param value a string, a whole number, a double, a boolean, or a list of these
 * @param origin where it came from
 */
public record Setting(List<String> path, Object value, ConfigOrigin origin) {

    public Setting {
        path = List.copyOf(path);
    }
}
