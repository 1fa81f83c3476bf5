package corpusmill.formats.export;

/** What a dataset can be copied to. */
public enum ExportFormat {
    /** Shards of mosaicml-streaming, version 2: a row is a sample with the column {@code tokens}. */
    MDS(new MdsExport()),
    /** Tokens and document ends of datatrove and nanotron, without padding. */
    DATATROVE(new DatatroveExport()),
    /** Raw arrays of OLMo-core and dolma: whole rows, so that an instance is a row, and where documents lie in them. */
    OLMO(new OlmoExport());

    private final SplitExport export;

    ExportFormat(SplitExport export) {
        this.export = export;
    }

    SplitExport export() {
        return export;
    }
}
