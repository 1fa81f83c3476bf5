package corpusmill.jobs.ingest;

/** Why a record, or the rest of a file, is not a document. The names are part of the ledger and of the dataset. */
public enum RejectionReason {
    INVALID_UTF8("The bytes are not well-formed UTF-8, or the file is UTF-16."),
    INVALID_JSON("The line is not JSON by RFC 8259."),
    NOT_AN_OBJECT("The line is JSON, but not an object."),
    FIELD_MISSING("The record has no text field, or the field is null."),
    FIELD_NOT_TEXT("The text field holds something else than text."),
    LONE_SURROGATE("The text or the key escapes half of a surrogate pair, which no UTF-8 can hold."),
    DUPLICATE_KEY("The object has two fields of one name."),
    TRAILING_DATA("Something follows the record on its line, or the compressed stream in its file."),
    NESTED_TOO_DEEP("Arrays and objects are nested deeper than the reader follows."),
    TOO_LARGE("The record is longer than max-document."),
    TOO_SHORT("The text has fewer characters than min-document-characters."),
    TRUNCATED_FILE("The file ends before its data does."),
    CORRUPT_COMPRESSION("The compressed data is damaged or its checksum is wrong."),
    UNSUPPORTED_COMPRESSION("The compressed data needs a window over 128 MiB, a dictionary or an unknown method."),
    RATIO_TOO_HIGH("The file decompresses to more than the reader follows."),
    UNREADABLE_FILE("The file is not of its format."),
    INVALID_RECORD("The record's own frame or header is not that of its format."),
    TRUNCATED_RECORD("The record ends before its content does, or holds one segment of it."),
    UNKNOWN_CHARSET("No charset that the header, the page or its bytes tell decodes the page."),
    NOT_A_PAGE("The record was captured, but is no page of text: an image, a redirect, an error.");

    private final String sentence;

    RejectionReason(String sentence) {
        this.sentence = sentence;
    }

    /** Whether something that may have been a document is lost; what is not one is no bad data and has no budget. */
    public boolean isLoss() {
        return this != NOT_A_PAGE;
    }

    /** What the reason means, for a person. */
    public String sentence() {
        return sentence;
    }
}
