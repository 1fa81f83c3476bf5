package corpusmill.jobs.config;

/** How the records of a file are found. */
public enum InputFormat {
    /** By the file's name, behind {@code .gz} or {@code .zst}. */
    AUTO,
    /** One JSON object a line. */
    JSONL,
    /** Apache Parquet, one record a row. */
    PARQUET,
    /** Apache Arrow IPC, file or stream, one record a row. */
    ARROW,
    /** The whole file is one document. */
    TEXT,
    /** Web archive: one page a record. */
    WARC,
    /** Web archive of extracted text: one text a record. */
    WET
}
