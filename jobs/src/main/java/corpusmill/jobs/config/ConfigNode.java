package corpusmill.jobs.config;

import java.util.List;
import java.util.Map;

/** A piece of a job file as it was written, with its place. Lists and groups can be changed, for {@code --set}. */
sealed interface ConfigNode {

    /** Where it was written. */
    ConfigOrigin origin();

    /** What it is, for the words "but was". */
    String described();

    /** What a scalar's spelling says it is. */
    enum Kind {
        TEXT,
        WHOLE,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /** A single value. */
    record Scalar(Kind kind, String text, ConfigOrigin origin) implements ConfigNode {
        @Override
        public String described() {
            return kind == Kind.NULL ? "nothing" : kind == Kind.TEXT ? "'" + text + "'" : text;
        }
    }

    /** A list. */
    record Listing(List<ConfigNode> items, ConfigOrigin origin) implements ConfigNode {
        @Override
        public String described() {
            return items.isEmpty() ? "an empty list" : "a list";
        }
    }

    /** Keys with their values, in the order they were written. */
    record Group(Map<String, ConfigNode> entries, ConfigOrigin origin) implements ConfigNode {
        @Override
        public String described() {
            return "a group of keys";
        }
    }
}
