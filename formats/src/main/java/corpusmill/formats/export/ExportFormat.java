package corpusmill.formats.export;

/** What a dataset can be copied to. */
public enum ExportFormat {
    /** Shards of mosaicml-streaming, version 2: a row is a sample with the column {@code tokens}. */
    MDS,
    /** Tokens and document ends of datatrove and nanotron, without padding. */
    DATATROVE,
    /** Raw arrays of OLMo-core and dolma: whole rows, so that an instance is a row, and where documents lie in them. */
    OLMO;

    SplitExport export() {
        return switch (this) {
            case MDS -> new MdsExport();
            case DATATROVE -> new DatatroveExport();
            case OLMO -> new OlmoExport();
        };
    }
}
