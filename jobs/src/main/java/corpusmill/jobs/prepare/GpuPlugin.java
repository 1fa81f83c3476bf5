package corpusmill.jobs.prepare;

import corpusmill.formats.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What keeps the RAPIDS Accelerator from working, found before Spark starts: left to itself it ends the process from
 * inside an executor. Immutable.
 *
 * @param loader where its classes are looked for
 * @param root the root of the file system, below which Linux shows its devices
 * @param spark version of Spark
 */
record GpuPlugin(ClassLoader loader, Path root, String spark) {

    /** Setting: {@code required}, the default, or {@code preferred}, which goes on without the plugin. */
    static final String WANTED = "spark.corpusmill.gpu";

    static final String NAME = "com.nvidia.spark.SQLPlugin";
    private static final String SHIMS = "META-INF/services/com.nvidia.spark.rapids.SparkShimServiceProvider";
    private static final String FORMS = "corpusmill/jobs/dedup/device/CudfDevice.class";
    private static final Pattern SHIM = Pattern.compile("\\.spark(\\d)(\\d)(\\d+)\\.");
    private static final Pattern CUDA = Pattern.compile("-cuda(\\d+)");
    private static final Pattern DRIVER = Pattern.compile("Kernel Module\\D*(\\d+)\\.[\\d.]+");
    private static final String[] DEVICES = {"dev/nvidiactl", "dev/nvidia0", "dev/dxg", "dev/nvhost-gpu"};

    /**
     * The plugins to start.
     *
     * @param plugins the setting {@code spark.plugins}
     * @param wanted the setting {@link #WANTED}
     * @param here whether tasks run in this process, so that its devices are theirs
     * @return the same, or without the plugin where it cannot work and is only preferred
     * @throws ConfigException if it cannot work and is required
     */
    Choice choose(String plugins, String wanted, boolean here) {
        if (!wanted.equals("required") && !wanted.equals("preferred")) {
            throw new ConfigException(WANTED + " must be required or preferred but is '" + wanted + "'");
        }
        if (!names(plugins).contains(NAME)) {
            return new Choice(plugins, Optional.empty(), Optional.empty());
        }
        Optional<String> obstacle = obstacle(here);
        if (obstacle.isPresent() && wanted.equals("required")) {
            throw new ConfigException(obstacle.get() + ", or run on the CPU: take " + NAME
                    + " out of spark.plugins or set " + WANTED + "=preferred");
        }
        return obstacle.isEmpty()
                ? new Choice(plugins, obstacle, hint())
                : new Choice(without(plugins), obstacle, Optional.empty());
    }

    /**
     * Plugins.
     *
     * @param plugins the setting {@code spark.plugins}
     * @param obstacle why the RAPIDS Accelerator is not among them although it was named
     * @param hint why it will run less on the GPU than it could
     */
    record Choice(String plugins, Optional<String> obstacle, Optional<String> hint) {}

    private Optional<String> hint() {
        return loader.getResource(FORMS) != null
                ? Optional.empty()
                : Optional.of(
                        "this job jar was built without the profile rapids, so that signatures are computed on the"
                                + " CPU, between columns of the GPU; mvn -B package -DskipTests -Prapids builds one with all of"
                                + " it");
    }

    private static List<String> names(String plugins) {
        return Arrays.stream(plugins.split(",")).map(String::strip).toList();
    }

    private static String without(String plugins) {
        return names(plugins).stream().filter(name -> !name.equals(NAME)).collect(Collectors.joining(","));
    }

    private Optional<String> obstacle(boolean here) {
        URL plugin = loader.getResource(NAME.replace('.', '/') + ".class");
        if (plugin == null) {
            return Optional.of("spark.plugins names " + NAME + ", but the class path does not hold it; give"
                    + " --jars rapids-4-spark_2.13-26.08.1-cuda12.jar to spark-submit");
        }
        return unknownSpark().or(() -> here ? device().or(() -> oldDriver(plugin)) : Optional.empty());
    }

    // A vendor's own build of Spark, such as 4.0.1-amzn-0, is for the vendor's own plugin to know.
    private Optional<String> unknownSpark() {
        URL list = loader.getResource(SHIMS);
        if (list == null || !spark.matches("\\d+\\.\\d+\\.\\d+")) {
            return Optional.empty();
        }
        Set<String> known = new TreeSet<>();
        Matcher shim = SHIM.matcher(read(list));
        while (shim.find()) {
            known.add(shim.group(1) + "." + shim.group(2) + "." + shim.group(3));
        }
        return known.contains(spark)
                ? Optional.empty()
                : Optional.of("the RAPIDS Accelerator on the class path knows Spark " + String.join(", ", known)
                        + ", but this is Spark " + spark + "; take the release of the plugin made for it");
    }

    private Optional<String> device() {
        return Arrays.stream(DEVICES).anyMatch(device -> Files.exists(root.resolve(device)))
                ? Optional.empty()
                : Optional.of("spark.plugins names " + NAME + ", but there is no CUDA device: none of "
                        + Arrays.stream(DEVICES).map(device -> "/" + device).collect(Collectors.joining(", "))
                        + " is there; run on a machine with a GPU and its driver (nvidia-smi lists it)");
    }

    private Optional<String> oldDriver(URL plugin) {
        Path file = root.resolve("proc/driver/nvidia/version");
        Matcher driver;
        try {
            driver = DRIVER.matcher(Files.isReadable(file) ? Files.readString(file) : "");
        } catch (IOException e) {
            return Optional.empty(); // a container may hide it
        }
        Matcher cuda = CUDA.matcher(plugin.toString());
        int version = cuda.find() ? Integer.parseInt(cuda.group(1)) : 12;
        int needed = version >= 13 ? 580 : 525;
        if (!driver.find() || Integer.parseInt(driver.group(1)) >= needed) {
            return Optional.empty();
        }
        return Optional.of("the plugin is built for CUDA " + version + ", which needs a driver of version " + needed
                + " or newer, but this one is " + driver.group(1) + "; update the driver"
                + (version >= 13 ? ", take the jar with the classifier cuda12" : ""));
    }

    private static String read(URL url) {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigException(
                    "cannot read " + url + ": " + e.getMessage() + "; fetch the plugin's jar again", e);
        }
    }
}
