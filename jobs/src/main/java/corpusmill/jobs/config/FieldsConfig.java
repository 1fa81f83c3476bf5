package corpusmill.jobs.config;

/**
 * Names of fields in JSON objects and of columns in Parquet files.
 *
 * @param text holds the document's text; its absence rejects the record
 * @param id holds the user's own id, carried as metadata; may be absent
 */
public record FieldsConfig(String text, String id) {
    public static final FieldsConfig DEFAULT = new FieldsConfig("text", "id");
}
