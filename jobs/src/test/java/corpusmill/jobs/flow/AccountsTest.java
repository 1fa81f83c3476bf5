package corpusmill.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountsTest {

    @Test
    void acceptsALedgerThatAddsUp() {
        StageAccount account = new StageAccount("near", 10, 7, new TreeMap<>(Map.of("A", 1L, "B", 2L)), 0, 0, false);
        assertThat(account.check()).isSameAs(account);
    }

    @Test
    void refusesALedgerThatLosesADocument() {
        assertThatThrownBy(() -> new StageAccount("near", 10, 6, new TreeMap<>(Map.of("A", 3L)), 0, 0, false).check())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the ledger of stage near does not add up: 10 in, 6 out, 3 dropped {A=3}");
    }

    @Test
    void holdsFileAndOffsetInAnId() {
        long id = DocumentId.of(DocumentId.MAX_FILES - 1, DocumentId.MAX_OFFSET - 1);
        assertThat(id).isEqualTo(Long.MAX_VALUE);
        assertThat(DocumentId.file(id)).isEqualTo(DocumentId.MAX_FILES - 1);
        assertThat(DocumentId.offset(id)).isEqualTo(DocumentId.MAX_OFFSET - 1);
        assertThatThrownBy(() -> DocumentId.of(DocumentId.MAX_FILES, 0))
                .hasMessage("file index must be in [0, 8388608) but was 8388608");
        assertThatThrownBy(() -> DocumentId.of(0, -1)).hasMessageContaining("offset must be in [0, 1099511627776)");
    }
}
