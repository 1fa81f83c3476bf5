package corpusmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in Chromium, the way a reader does; skipped where there is no Chromium. */
class ReportInBrowserTest {

    private static final int LIGHT = 1;
    private static final int DARK = 0;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void drawsEveryPictureInLightAndDarkWithoutAnErrorOnTheConsole() throws Exception {
        Path page = page();
        BufferedImage light = picture(page, LIGHT, "light");
        assertThat(share(light, 0xffffff)).as("light background").isGreaterThan(0.5);
        // The bars of what was dropped and those of what was kept, in the colours of the style.
        assertThat(share(light, 0xc2620c)).as("dropped").isGreaterThan(0.003);
        assertThat(share(light, 0x2f6fd0)).as("kept").isGreaterThan(0.003);
        BufferedImage dark = picture(page, DARK, "dark");
        assertThat(share(dark, 0xffffff)).as("dark background").isLessThan(0.1);
        assertThat(share(dark, 0xf0a04b)).as("dropped, dark").isGreaterThan(0.003);
        assertThat(share(dark, 0x6aa5ff)).as("kept, dark").isGreaterThan(0.003);
    }

    @Test
    void keepsWithinTheWidthOfAPhoneAndDrawsEveryPicture() throws Exception {
        page();
        // A window of Chromium is never as narrow as a phone; a frame is.
        Path phone = folder.resolve("phone.html");
        Files.writeString(phone, """
                <!doctype html><body style="margin:0"><iframe id="f" src="report.html" width="390" height="5900"
                style="border:0"></iframe><p id="found"></p><script>onload = () => {
                const root = document.getElementById("f").contentDocument.documentElement;
                const pictures = [...root.querySelectorAll("svg")];
                const drawn = pictures.filter(picture => picture.getBBox().width > 100 && picture.getBBox().height > 10);
                document.getElementById("found").textContent = "width " + root.scrollWidth + " of " + root.clientWidth
                    + ", drawn " + drawn.length + " of " + pictures.length;
                };</script></body>
                """);
        picture(phone, LIGHT, "phone");
        assertThat(run(phone, LIGHT, "--dump-dom")).contains("width 390 of 390, drawn 9 of 9");
    }

    private Path page() throws IOException {
        return Files.writeString(
                folder.resolve("report.html"),
                SamplePage.of(SamplePage.ledger()).html());
    }

    private BufferedImage picture(Path page, int scheme, String name) throws Exception {
        Path picture = folder.resolve(name + ".png");
        run(page, scheme, "--screenshot=" + picture);
        keep(picture);
        return ImageIO.read(picture.toFile());
    }

    /** Keeps a picture for people to look at, where the property {@code corpusmill.pictures} names a folder. */
    private static void keep(Path picture) throws IOException {
        String pictures = System.getProperty("corpusmill.pictures");
        if (pictures != null) {
            Files.createDirectories(Path.of(pictures));
            Files.write(Path.of(pictures).resolve(picture.getFileName()), Files.readAllBytes(picture));
        }
    }

    /** Runs Chromium on a page, expects no line of its console, and gives its standard output. */
    private String run(Path page, int scheme, String action) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                chromium(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--allow-file-access-from-files",
                "--enable-logging=stderr",
                "--blink-settings=preferredColorScheme=" + scheme,
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1100,6000",
                action,
                page.toUri().toString()));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("Chromium ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        assertThat(Files.readString(err)).doesNotContain(":CONSOLE");
        return Files.readString(out);
    }

    private static String chromium() {
        String path = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        assumeTrue(!path.isEmpty(), "no chromium on the PATH: install it to open the report in a browser");
        return path;
    }

    private static double share(BufferedImage image, int colour) {
        long found = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xffffff) == colour) {
                    found++;
                }
            }
        }
        return (double) found / image.getWidth() / image.getHeight();
    }
}
