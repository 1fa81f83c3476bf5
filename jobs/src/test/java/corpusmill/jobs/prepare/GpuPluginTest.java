package corpusmill.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.ConfigException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that cannot work is named before Spark starts, or left out where it is only preferred. */
class GpuPluginTest {

    private static final String BOTH = "other.Plugin, com.nvidia.spark.SQLPlugin";

    @TempDir
    private Path folder = Path.of("");

    /** Files that look like the plugin's from outside. */
    private GpuPlugin plugin(String jar, String spark) throws IOException {
        file(jar + "/com/nvidia/spark/SQLPlugin.class", "");
        file(jar + "/META-INF/services/com.nvidia.spark.rapids.SparkShimServiceProvider", """
                com.nvidia.spark.rapids.shims.spark404.SparkShimServiceProvider
                com.nvidia.spark.rapids.shims.spark420.SparkShimServiceProvider
                """);
        URL[] path = {folder.resolve(jar).toUri().toURL()};
        return new GpuPlugin(new URLClassLoader(path, null), folder, spark);
    }

    private void file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }

    private static void assertRefused(GpuPlugin plugin, boolean here, String... parts) {
        assertThatThrownBy(() -> plugin.choose(BOTH, "required", here))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(parts)
                .hasMessageEndingWith(", or run on the CPU: take com.nvidia.spark.SQLPlugin out of spark.plugins"
                        + " or set spark.corpusmill.gpu=preferred");
        GpuPlugin.Choice choice = plugin.choose(BOTH, "preferred", here);
        assertThat(choice.plugins()).isEqualTo("other.Plugin");
        assertThat(choice.obstacle().orElse("")).contains(parts);
    }

    @Test
    void namesAJarThatIsMissing() {
        assertRefused(
                new GpuPlugin(new URLClassLoader(new URL[0], null), folder, "4.2.0"),
                false,
                "spark.plugins names com.nvidia.spark.SQLPlugin, but the class path does not hold it",
                "--jars rapids-4-spark_2.13-26.08.1-cuda12.jar");
    }

    @Test
    void namesTheVersionsOfSparkThatThePluginKnows() throws IOException {
        assertRefused(plugin("p.jar", "4.3.0"), false, "knows Spark 4.0.4, 4.2.0, but this is Spark 4.3.0");
    }

    @Test
    void leavesAVendorsSparkToThePlugin() throws IOException {
        assertThat(plugin("p.jar", "4.0.1-amzn-0")
                        .choose(BOTH, "required", false)
                        .plugins())
                .isEqualTo(BOTH);
    }

    @Test
    void namesAGpuThatIsMissing() throws IOException {
        assertRefused(plugin("p.jar", "4.2.0"), true, "there is no CUDA device: none of /dev/nvidiactl, ");
    }

    @Test
    void leavesTheDevicesOfOtherMachinesAlone() throws IOException {
        assertThat(plugin("p.jar", "4.2.0").choose(BOTH, "required", false).plugins())
                .isEqualTo(BOTH);
    }

    @Test
    void namesADriverThatIsTooOld() throws IOException {
        file("dev/nvidia0", "");
        driver("535.104.05");
        assertRefused(
                plugin("rapids-4-spark_2.13-26.08.1-cuda13.jar", "4.2.0"),
                true,
                "CUDA 13, which needs a driver of version 580 or newer, but this one is 535",
                "take the jar with the classifier cuda12");
        assertThat(plugin("rapids-4-spark_2.13-26.08.1-cuda12.jar", "4.2.0")
                        .choose(BOTH, "required", true)
                        .plugins())
                .isEqualTo(BOTH);
        driver("470.42.01");
        assertRefused(plugin("rapids-4-spark_2.13-26.08.1.jar", "4.2.0"), true, "CUDA 12", "525 or newer", "is 470");
    }

    private void driver(String version) throws IOException {
        file(
                "proc/driver/nvidia/version",
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  " + version + "  Sat Aug 19 01:15:15 UTC 2023\n");
    }

    @Test
    void saysThatTheJobJarLacksTheFormsForAGpu() throws IOException {
        assertThat(plugin("p.jar", "4.2.0").choose(BOTH, "required", false).hint())
                .hasValueSatisfying(hint -> assertThat(hint)
                        .contains("built without the profile rapids", "mvn -B package -DskipTests -Prapids"));
        file("p.jar/corpusmill/jobs/dedup/device/CudfDevice.class", "");
        assertThat(plugin("p.jar", "4.2.0").choose(BOTH, "required", false).hint())
                .isEmpty();
    }

    @Test
    void asksNothingWithoutThePlugin() {
        GpuPlugin none = new GpuPlugin(new URLClassLoader(new URL[0], null), folder, "4.2.0");
        assertThat(none.choose("", "required", true)).isEqualTo(none.choose("", "preferred", true));
        assertThat(none.choose("", "required", true).obstacle()).isEmpty();
        assertThat(none.choose("", "required", true).hint()).isEmpty();
        assertThatThrownBy(() -> none.choose("", "yes", true))
                .hasMessage("spark.corpusmill.gpu must be required or preferred but is 'yes'");
    }
}
