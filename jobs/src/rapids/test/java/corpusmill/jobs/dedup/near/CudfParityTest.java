package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import corpusmill.jobs.config.NearConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The form for the GPU gives the keys of the Java kernel, on a machine that has a GPU. */
@Tag("rapids")
class CudfParityTest {

    @Test
    void agreesWithTheKernelOnAHundredThousandTexts() {
        assumeTrue(Files.exists(Path.of("/dev/nvidiactl")), "there is no GPU: /dev/nvidiactl is missing");
        assumeTrue(
                System.getProperty("ai.rapids.cudf.lib-native-dir") != null,
                "-Dai.rapids.cudf.lib-native-dir does not name a folder with libcudf.so");
        List<String> texts = ParityTexts.all(17, 100_000);
        for (NearConfig near : List.of(Documents.words(0.8), NearConfig.DEFAULT)) {
            assertThat(CudfParity.mismatches(texts, new BandKeys(near))).isEmpty();
        }
    }
}
