package corpusmill.jobs.config;

import java.util.List;

/** The page on the job file, key by key, made from the table of keys. Stateless. */
public final class ConfigReference {

    private static final String BYTES = "bytes of the dataset";

    private ConfigReference() {}

    /** The page in Markdown. */
    public static String markdown() {
        return """
                # The job file, key by key
                Written by `corpusmill schema --markdown` from the table that the parser, `--print-config`, the JSON Schema and the \
                param of the DAG are made from; a test holds them equal. Groups are joined by dots here, as in `--set`.

                A value that changes the bytes of the dataset is part of its fingerprint, the others are not.

                ## Each entry of `input`
                """
                + table(ConfigKeys.OF_INPUT) + "\n## All others\n" + table(ConfigKeys.OF_JOB)
                + "| `spark` | Spark settings by their own names; the prefix `spark.` may be left out | | how it is made"
                + " | They win over those of the launcher and of spark-submit. |\n";
    }

    private static String table(List<? extends ConfigKey<?, ?>> keys) {
        StringBuilder table =
                new StringBuilder("| key | takes | default | changes | meaning |\n|---|---|---|---|---|\n");
        keys.forEach(key -> table.append(row(key)));
        return table.toString();
    }

    private static <T> String row(ConfigKey<?, T> key) {
        T fallback = key.fallback();
        return "| `" + key.path() + "` | " + cell(key.type().limit()) + " | "
                + (fallback == null
                        ? ""
                        : "`" + cell(String.valueOf(key.type().plain().apply(fallback))) + "`") + " | "
                + (key.role() == ConfigKey.Role.BYTES ? BYTES : "how it is made") + " | " + cell(key.doc()) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
