package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import corpusmill.jobs.testing.LocalSpark;
import corpusmill.jobs.testing.S3Server;
import corpusmill.jobs.upkeep.StoreRace;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample job on an S3 server of another maker: versitygw, which {@code go install} builds where Go is on the path, or
 * the program of versitygw or MinIO that {@code -Dtest.s3.server=FILE} names.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class OtherS3ServerTest {

    private static final int MOST_TRIES = 100;
    private static final String VERSITYGW = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";

    @TempDir
    private Path folder = Path.of("");

    private Path program() throws IOException, InterruptedException {
        String given = System.getProperty("test.s3.server", "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "go"))))
                .as("go is on the PATH to build " + VERSITYGW + ", or -Dtest.s3.server names the program of a server")
                .isTrue();
        Path log = folder.resolve("go.txt");
        ProcessBuilder install = new ProcessBuilder("go", "install", VERSITYGW)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        install.environment().put("GOBIN", folder.resolve("bin").toString());
        int code = install.start().waitFor();
        assumeThat(code)
                .as("go install " + VERSITYGW + ": " + Files.readString(log))
                .isZero();
        return folder.resolve("bin/versitygw");
    }

    private Process start(Path program, int port) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(data.resolve("samples-there")); // a folder is a bucket, to both
        String address = "127.0.0.1:" + port;
        boolean minio = program.getFileName().toString().startsWith("minio");
        ProcessBuilder builder = new ProcessBuilder(
                        minio
                                ? List.of(program.toString(), "server", data.toString(), "--address", address)
                                : List.of(program.toString(), "-q", "--port", address, "posix", data.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.txt").toFile());
        String access = System.getProperty("aws.accessKeyId", "");
        String secret = System.getProperty("aws.secretAccessKey", "");
        builder.environment()
                .putAll(Map.of(
                        "ROOT_ACCESS_KEY", access,
                        "ROOT_SECRET_KEY", secret,
                        "MINIO_ROOT_USER", access,
                        "MINIO_ROOT_PASSWORD", secret,
                        "MINIO_UPDATE", "off",
                        "MINIO_BROWSER", "off"));
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await(Process server, int port) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_TRIES && server.isAlive(); i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("the server did not start: " + Files.readString(folder.resolve("server.txt")));
    }

    @Test
    void preparesTheSampleThereAndKeepsWritersApart(S3Server s3) throws Exception {
        Path program = program();
        int port = freePort();
        Process server = start(program, port);
        try {
            await(server, port);
            Map<String, String> settings = new TreeMap<>(s3.settings());
            settings.put("fs.s3a.endpoint", "http://127.0.0.1:" + port);
            SampleOnS3 other = new SampleOnS3("samples-there", settings);
            new StoreRace(other.storage(), other.output(), 8, 100).run();
            other.upload();
            JsonNode summary = other.prepare();
            other.check(summary);

            s3.createBucket("samples-here");
            SampleOnS3 here = new SampleOnS3("samples-here", s3.settings());
            here.upload();
            here.prepare();
            assertThat(other.manifest().rootHash()).isEqualTo(here.manifest().rootHash());
            System.out.println(program.getFileName() + ": " + summary.get("requests"));
        } finally {
            server.destroy();
            server.waitFor();
        }
    }
}
