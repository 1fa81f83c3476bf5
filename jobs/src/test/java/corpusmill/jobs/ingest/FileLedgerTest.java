package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.SourceFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileLedgerTest {

    private static final SourceFile FILE =
            new SourceFile(3, "file:///in/x.jsonl", "x.jsonl", 0, "jsonl", "text", "id", 9, "c");

    private static Ingested rejected(int file, String reason) {
        return Ingested.rejected(DocumentId.of(file, 5), 0, 1, reason, "00", null);
    }

    @Test
    void countsRowsOfEveryFileInAnyOrder() {
        List<Ingested> rows = List.of(
                rejected(3, "TOO_LARGE"),
                Ingested.tally(DocumentId.of(3, 0), 0, 3, 2),
                Ingested.document(DocumentId.of(4, 0), 0, "t", null, 1),
                Ingested.document(DocumentId.of(3, 0), 0, "t", null, 1),
                rejected(3, "TOO_LARGE"),
                rejected(3, "TOO_SHORT"),
                Ingested.tally(DocumentId.of(3, 9), 0, 1, 0));
        Map<Integer, FileLedger> ledgers = FileLedger.count(rows.iterator());
        assertThat(ledgers).containsOnlyKeys(3, 4);
        FileLedger ledger = ledgers.getOrDefault(3, FileLedger.empty(3));
        assertThat(ledger.records()).isEqualTo(4);
        assertThat(ledger.documents()).isEqualTo(1);
        assertThat(ledger.rejected()).isEqualTo(Map.of("TOO_LARGE", 2L, "TOO_SHORT", 1L));
        assertThat(ledger.rejectedRecords()).isEqualTo(3);
        ledger.check(FILE, 2);
    }

    @Test
    void saysWhichFileLostARecord() {
        FileLedger ledger = FileLedger.of(Ingested.tally(DocumentId.of(3, 0), 0, 4, 4))
                .plus(FileLedger.of(rejected(3, "TOO_LARGE")));
        assertThatThrownBy(() -> ledger.check(FILE, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("file:///in/x.jsonl", "4 records", "0 documents", "1 rejected {TOO_LARGE=1}");
        assertThatThrownBy(() -> ledger.check(FILE, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("file:///in/x.jsonl", "1 parts", "cut into 2");
    }
}
