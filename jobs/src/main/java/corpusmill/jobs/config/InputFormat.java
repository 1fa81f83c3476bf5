package corpusmill.jobs.config;

/** How the records of a file are found. */
public enum InputFormat {
    /** By the file's name, behind {@code .gz} or {@code .zst}. */
    AUTO,
    /** One JSON object a line. */
    JSONL,
    /** Apache Parquet, one record a row. */
    PARQUET,
    /** The whole file is one document. */
    TEXT
}
