package corpusmill.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a page keeps of its run as a comment of HTML, so that a page written anew tells it again. In JSON two hyphens,
 * which would end the comment, stand in texts alone and are written with an escape.
 */
final class RunRecordText {

    private static final String BEGIN = "<!--run ";
    private static final String END = "-->";
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private RunRecordText() {}

    /** The comment; empty where nothing is known. */
    static String comment(RunRecord run) {
        if (run.equals(RunRecord.NONE)) {
            return "";
        }
        try {
            return BEGIN + JSON.writeValueAsString(run).replace("--", "-\\u002d") + END + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run has no JSON", e);
        }
    }

    /** The record in a page; none where there is none that can be read. */
    static RunRecord in(String page) {
        int begin = page.lastIndexOf(BEGIN);
        int end = page.indexOf(END, begin + 1);
        if (begin < 0 || end < 0) {
            return RunRecord.NONE;
        }
        try {
            return JSON.readValue(page.substring(begin + BEGIN.length(), end), RunRecord.class);
        } catch (JsonProcessingException e) {
            return RunRecord.NONE; // a page that people edited
        }
    }
}
