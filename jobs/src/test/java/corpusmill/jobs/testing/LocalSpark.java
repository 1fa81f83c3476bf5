package corpusmill.jobs.testing;

import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one Spark session and one S3 server, shared by all test classes of a JVM. The session runs in two threads
 * and knows the server. A test that has stopped the session does no harm: the next test gets a new one.
 *
 * <pre>{@code
 * @ExtendWith(LocalSpark.class)
 * class SomeTest {
 *     @Test
 *     void reads(SparkSession spark, S3Server s3, @TempDir Path folder) { ... }
 * }
 * }</pre>
 */
public final class LocalSpark implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LocalSpark.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        shared(context).session();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        shared(context).session();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == SparkSession.class || type == S3Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared = shared(context);
        if (parameter.getParameter().getType() != S3Server.class) {
            return shared.session();
        }
        S3Server.assumeItAnswers();
        return shared.server;
    }

    /** Stops the session, so that a run with another master starts its own. */
    public static void stop() {
        SparkSession.getDefaultSession().foreach(session -> {
            session.stop();
            return null;
        });
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, type -> new Shared(), Shared.class);
    }

    /** Closed by JUnit behind the last test class. */
    private static final class Shared implements AutoCloseable {
        private final S3Server server = S3Server.start();
        private @Nullable SparkSession session;

        private SparkSession session() {
            SparkSession running = session;
            if (running == null || running.sparkContext().isStopped()) {
                stop();
                SparkSession.Builder builder = SparkSession.builder()
                        .appName("tests")
                        .master("local[2,4]") // as many tries of a task as on a cluster
                        .config("spark.ui.enabled", "false")
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .config("spark.sql.shuffle.partitions", "2");
                server.settings().forEach((name, value) -> builder.config("spark.hadoop." + name, value));
                running = builder.getOrCreate();
                session = running;
            }
            return running;
        }

        @Override
        public void close() {
            LocalSpark.stop();
            server.close();
        }
    }
}
