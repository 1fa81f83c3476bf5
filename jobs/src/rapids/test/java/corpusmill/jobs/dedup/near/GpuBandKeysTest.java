package corpusmill.jobs.dedup.near;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nvidia.spark.RapidsUDF;
import corpusmill.jobs.dedup.device.GpuForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.spark.sql.api.java.UDF1;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The form for the GPU is taken where the plugin is, travels to executors, and on a CPU does what the other does. */
@Tag("rapids")
class GpuBandKeysTest {

    @Test
    void standsInForTheFormOfTheCpu() throws Exception {
        BandKeys keys = new BandKeys(Documents.words(0.8));
        UDF1<byte[], long[]> form = GpuForm.of(keys);
        assertThat(form).isInstanceOf(RapidsUDF.class);
        byte[] text = "one two three four five six".getBytes(UTF_8);
        assertThat(form.call(text))
                .isEqualTo(keys.call(text))
                .hasSize(keys.bands().bands());
        assertThat(form.call(null)).isEmpty();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(form);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            GpuBandKeys sent = (GpuBandKeys) in.readObject();
            assertThat(sent.call(text)).isEqualTo(keys.call(text));
        }
    }
}
