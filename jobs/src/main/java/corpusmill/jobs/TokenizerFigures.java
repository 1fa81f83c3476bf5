package corpusmill.jobs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured on one file.
 *
 * @param file its name
 * @param documents how many it holds
 * @param bytes UTF-8 of all documents
 * @param tokens ids of all documents, without framing
 * @param idsSha256 SHA-256 of all ids as little-endian u32, document after document; 64 hexadecimal digits
 * @param first 10^6 bytes per CPU second of the thread, caches empty
 * @param warm the same, best of the later passes
 * @param stateBytes heap that a thread allocates for its state before the first id
 * @param threads how many threads were run together
 * @param together 10^6 bytes per second of all threads
 * @param scaling {@code together} over {@code threads} times the speed of one thread by the clock; 1 is linear
 */
record TokenizerFigures(
        String file,
        long documents,
        long bytes,
        long tokens,
        String idsSha256,
        double first,
        double warm,
        long stateBytes,
        int threads,
        double together,
        double scaling) {

    /** As it is written to JSON. */
    Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file);
        object.put("documents", documents);
        object.put("bytes", bytes);
        object.put("tokens", tokens);
        object.put("ids_sha256", idsSha256);
        object.put("first_mb_per_cpu_second", first);
        object.put("warm_mb_per_cpu_second", warm);
        object.put("state_bytes", stateBytes);
        object.put("threads", threads);
        object.put("threads_mb_per_second", together);
        object.put("scaling", scaling);
        return object;
    }
}
