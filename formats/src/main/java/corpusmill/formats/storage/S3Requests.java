package corpusmill.formats.storage;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Counts the requests that this process sends through the SDK, repeated ones included. Hadoop's connector makes one of its
 * own where {@link Storages#requestCounting} names it. Safe for concurrent use.
 */
public final class S3Requests implements ExecutionInterceptor {

    private static final Map<String, LongAdder> COUNTS = new ConcurrentHashMap<>();

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        String operation = String.valueOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        COUNTS.computeIfAbsent(operation, name -> new LongAdder()).increment();
    }

    /** Operation, such as {@code PutObject}, to the number of requests so far. */
    static Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        COUNTS.forEach((operation, count) -> counts.put(operation, count.sum()));
        return counts;
    }
}
