package corpusmill.jobs.ingest;

import static corpusmill.jobs.ingest.RejectionReason.CORRUPT_COMPRESSION;
import static corpusmill.jobs.ingest.RejectionReason.DUPLICATE_KEY;
import static corpusmill.jobs.ingest.RejectionReason.FIELD_MISSING;
import static corpusmill.jobs.ingest.RejectionReason.FIELD_NOT_TEXT;
import static corpusmill.jobs.ingest.RejectionReason.INVALID_JSON;
import static corpusmill.jobs.ingest.RejectionReason.INVALID_UTF8;
import static corpusmill.jobs.ingest.RejectionReason.LONE_SURROGATE;
import static corpusmill.jobs.ingest.RejectionReason.NOT_AN_OBJECT;
import static corpusmill.jobs.ingest.RejectionReason.TOO_SHORT;
import static corpusmill.jobs.ingest.RejectionReason.TRAILING_DATA;
import static corpusmill.jobs.ingest.RejectionReason.TRUNCATED_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The malformed and extreme inputs of the shared data, against its {@code expected.json}. */
class EdgeFilesTest {

    private static Reading read(String name) {
        return Reading.of(SharedData.corpora().resolve("edge").resolve(name));
    }

    @Test
    void keepsAsManyDocumentsAsIsExpected() throws IOException {
        Path edge = SharedData.corpora().resolve("edge");
        JsonNode expected =
                new ObjectMapper().readTree(edge.resolve("expected.json").toFile());
        assertThat(expected.size()).isEqualTo(21);
        for (var entry : expected.properties()) {
            Reading reading = Reading.of(edge.resolve(entry.getKey()));
            JsonNode good = entry.getValue().path("good");
            if (good.isInt()) {
                assertThat(reading.documents()).as(entry.getKey()).hasSize(good.asInt());
            }
            if (entry.getValue().has("bad")) {
                assertThat(reading.rejected())
                        .as(entry.getKey())
                        .hasSize(entry.getValue().get("bad").asInt());
            }
        }
    }

    @Test
    void keepsWhatPrecedesTheEndOfATruncatedFile() {
        Reading reading = read("truncated.jsonl.gz");
        assertThat(reading.documents()).hasSizeGreaterThan(10);
        assertThat(reading.reasons()).containsExactly(TRUNCATED_FILE);
    }

    @Test
    void reportsAWrongChecksumBehindItsDocuments() {
        Reading reading = read("corrupt-crc.jsonl.gz");
        assertThat(reading.documents()).hasSize(120);
        assertThat(reading.reasons()).containsExactly(CORRUPT_COMPRESSION);
    }

    @Test
    void countsInvalidUtf8() {
        assertThat(new TreeSet<>(read("invalid-utf8.jsonl").reasons())).containsExactly(INVALID_UTF8);
    }

    @Test
    void refusesLoneSurrogatesAndKeepsEscapedNul() {
        Reading reading = read("surrogate-escapes.jsonl");
        assertThat(reading.keys()).containsExactly("s3", "s5");
        assertThat(reading.texts()).containsExactly("pair \uD83D\uDE00 end", "nul \u0000 end");
        assertThat(reading.reasons()).containsOnly(LONE_SURROGATE).hasSize(3);
    }

    @Test
    void namesEachDefectOfDriftingRecords() {
        Reading reading = read("schema-drift.jsonl");
        assertThat(reading.texts()).containsExactly("no id", "extra");
        assertThat(reading.keys()).containsExactly("null", "g");
        assertThat(reading.reasons())
                .containsExactly(
                        FIELD_NOT_TEXT,
                        FIELD_MISSING,
                        FIELD_MISSING,
                        FIELD_NOT_TEXT,
                        TOO_SHORT,
                        DUPLICATE_KEY,
                        NOT_AN_OBJECT,
                        NOT_AN_OBJECT,
                        INVALID_JSON,
                        TRAILING_DATA,
                        FIELD_MISSING);
    }

    @Test
    void followsDeepNestingOfFieldsNobodyReads() {
        Reading reading = read("deep-nest.jsonl");
        assertThat(reading.texts()).containsExactly("t");
        assertThat(reading.rejected()).isEmpty();
    }

    @Test
    void refusesTextInALegacyEncoding() {
        for (String name : new String[] {"legacy-shift_jis.txt", "legacy-koi8-r.txt", "legacy-gb18030.txt"}) {
            Reading reading = read(name);
            assertThat(reading.documents()).as(name).isEmpty();
            assertThat(reading.reasons()).as(name).containsExactly(INVALID_UTF8);
        }
    }

    @Test
    void readsTheSameTextsWhateverTheLinesEndWith() {
        assertThat(read("crlf.jsonl").texts())
                .isEqualTo(read("bom.jsonl").texts())
                .isEqualTo(read("blank-lines.jsonl").texts())
                .isEqualTo(read("no-final-newline.jsonl").texts());
    }
}
