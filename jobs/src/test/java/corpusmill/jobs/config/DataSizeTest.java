package corpusmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DataSizeTest {

    @Test
    void readsUnits() {
        assertThat(DataSize.parse("512").bytes()).isEqualTo(512);
        assertThat(DataSize.parse("64 KiB").bytes()).isEqualTo(65_536);
        assertThat(DataSize.parse("2TiB").bytes()).isEqualTo(2_199_023_255_552L);
    }

    @Property
    void readsBackWhatItWrites(@ForAll @LongRange(min = 1, max = 999_999_999_999L) long bytes) {
        assertThat(DataSize.parse(new DataSize(bytes).toString()).bytes()).isEqualTo(bytes);
    }

    @Test
    void refusesWhatIsNoSize() {
        assertThatThrownBy(() -> DataSize.parse("1.5MB"))
                .hasMessage("a size is a whole number and B, KiB, MiB, GiB or TiB, such as 256MiB, but was '1.5MB'");
        assertThatThrownBy(() -> DataSize.parse("0")).hasMessage("a size must be at least 1 byte but was 0");
    }
}
