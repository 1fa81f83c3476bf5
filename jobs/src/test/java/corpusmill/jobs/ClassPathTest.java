package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What lies on the class path, in megabytes. */
class ClassPathTest {

    /** The modules of the SDK for S3, what S3A is linked against beside them, and the HTTP clients of both. */
    private static final Pattern S3 =
            Pattern.compile(".*/(software/amazon|org/apache/httpcomponents|org/reactivestreams)/.*[.]jar");

    /** Hadoop's own dependency for S3A, the SDK's bundle, has 686 MB; with native code the SDK has 19 MB more. */
    private static final Pattern NOT_WANTED = Pattern.compile(".*/(bundle|aws-crt)-[0-9][^/]*[.]jar");

    private static final double MOST_MEGABYTES = 16.6;

    private static List<Path> jars(Pattern pattern) {
        List<Path> jars = new ArrayList<>();
        for (String entry : ChildRun.classPath().split(File.pathSeparator, -1)) {
            if (pattern.matcher(entry.replace(File.separatorChar, '/')).matches()) {
                jars.add(Path.of(entry));
            }
        }
        return jars;
    }

    @Test
    void bringsTheModulesOfTheSdkThatItNeedsAndNotItsBundle() throws IOException {
        List<Path> jars = jars(S3);
        long bytes = 0;
        for (Path jar : jars) {
            bytes += Files.size(jar);
        }
        System.out.printf(Locale.ROOT, "S3: %d jars, %.1f MB%n", jars.size(), bytes / 1e6);
        assertThat(jars).extracting(jar -> jar.getFileName().toString()).anyMatch(name -> name.matches("s3-2[.].*"));
        assertThat(jars(NOT_WANTED)).isEmpty();
        assertThat(bytes / 1e6).isLessThan(MOST_MEGABYTES);
    }
}
