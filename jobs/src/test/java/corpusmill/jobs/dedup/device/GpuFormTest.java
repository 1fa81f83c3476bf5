package corpusmill.jobs.dedup.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.api.java.UDF1;
import org.junit.jupiter.api.Test;

/** The form for the GPU is found by its name, and nobody needs one. */
class GpuFormTest {

    /** Has no form for the GPU. */
    private record Alone() implements UDF1<byte[], long[]> {
        @Override
        public long[] call(byte[] text) {
            return new long[] {text.length};
        }
    }

    @Test
    void isTheFunctionItselfWhereThereIsNoOther() throws Exception {
        UDF1<byte[], long[]> alone = new Alone();
        assertThat(GpuForm.of(alone)).isSameAs(alone);
    }

    @Test
    void isMadeFromTheFunction() throws Exception {
        UDF1<byte[], long[]> gpu = GpuForm.of(new Counting(3));
        assertThat(gpu).isInstanceOf(GpuCounting.class);
        assertThat(gpu.call(new byte[2])).containsExactly(2, 3);
    }

    @Test
    void saysWhatCannotBeMade() {
        assertThatThrownBy(() -> GpuForm.of(new Broken()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "no corpusmill.jobs.dedup.device.GpuBroken can be made from the form for the CPU");
    }
}

/** A function with a form for the GPU. */
record Counting(long more) implements UDF1<byte[], long[]> {
    @Override
    public long[] call(byte[] text) {
        return new long[] {text.length};
    }
}

/** Its form. */
record GpuCounting(Counting counting) implements UDF1<byte[], long[]> {
    @Override
    public long[] call(byte[] text) {
        return new long[] {text.length, counting.more()};
    }
}

/** A function whose form cannot be made from it. */
record Broken() implements UDF1<byte[], long[]> {
    @Override
    public long[] call(byte[] text) {
        return new long[0];
    }
}

/** Not made from the other. */
record GpuBroken() {}
