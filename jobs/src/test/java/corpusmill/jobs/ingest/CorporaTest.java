package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.FieldsConfig;
import corpusmill.jobs.config.InputConfig;
import corpusmill.jobs.config.InputFormat;
import corpusmill.jobs.flow.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorporaTest {

    /** Counts of the data's own manifest, made by another tool. */
    @Test
    void readsEveryDocumentOfTheSharedCorpora() {
        String root = SharedData.corpora().toString();
        List<InputConfig> entries = new ArrayList<>();
        for (String folder : List.of("jsonl", "jsonl-zst", "parquet", "txt")) {
            entries.add(new InputConfig(root + "/" + folder, folder, InputFormat.AUTO, FieldsConfig.DEFAULT));
        }
        InputListing listing = InputListing.of(entries, Map.of());
        assertThat(listing.files()).hasSize(19 + 7 + 3 + 30);
        long documents = 0;
        long bytes = 0;
        for (SourceFile file : listing.files()) {
            Reading reading = Reading.of(file, Long.MAX_VALUE, Reading.LIMITS);
            assertThat(reading.rejected()).as(file.name()).isEmpty();
            documents += reading.documents().size();
            for (String text : reading.texts()) {
                bytes += text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        assertThat(documents).isEqualTo(68_466);
        assertThat(bytes).isBetween(147_500_000L, 147_700_000L);
    }
}
