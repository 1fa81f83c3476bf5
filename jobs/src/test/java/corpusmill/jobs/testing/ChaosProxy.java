package corpusmill.jobs.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and the S3 server: counts requests and, where told, answers with faults that networks and
 * stores have. It can also be cut off at a request, after which the store hears nothing more: what a killed process
 * looks like to a store. The same seed deals out the same faults to the same order of requests. Thread-safe.
 */
public final class ChaosProxy implements AutoCloseable {

    /** What can go wrong with a request. */
    public enum Fault {
        /** Refused: 503 SlowDown. */
        SLOW_DOWN,
        /** Refused: 500 InternalError. */
        INTERNAL_ERROR,
        /** The connection breaks before the store hears of it. */
        RESET_BEFORE,
        /** The store does it, but the answer is lost. */
        LOST_ANSWER,
        /** The answer's body ends early. */
        TRUNCATED,
        /** The answer is late by some milliseconds. */
        LATE
    }

    /** How many of a thousand requests have each fault. */
    public record Weather(long seed, Map<Fault, Integer> perMille) {
        /** No faults. */
        public static final Weather CALM = new Weather(0, Map.of());

        public Weather {
            perMille = Map.copyOf(perMille);
        }
    }

    private final S3Server server;
    private final HttpServer listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, AtomicLong> methods = new ConcurrentHashMap<>();
    private final List<S3Request> log = Collections.synchronizedList(new ArrayList<>());
    private final Map<Fault, AtomicLong> faults = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private volatile Weather weather = Weather.CALM;
    private volatile Random random = new Random(0);
    private volatile long lastWrite = Long.MAX_VALUE;

    private ChaosProxy(S3Server server, HttpServer listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Starts on a free port of the loopback address. */
    public static ChaosProxy before(S3Server server) throws IOException {
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ChaosProxy proxy = new ChaosProxy(server, listener);
        listener.createContext("/", proxy::handle);
        listener.setExecutor(proxy.threads);
        listener.start();
        return proxy;
    }

    /**
     * The server's settings, with this proxy as the endpoint. Hadoop keeps one connector for a bucket: use a bucket of its
     * own for each proxy.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(server.settings());
        settings.put(
                "fs.s3a.endpoint", "http://127.0.0.1:" + listener.getAddress().getPort());
        return settings;
    }

    /** Changes what goes wrong from now on. */
    public void weather(Weather next) {
        random = new Random(next.seed());
        weather = next;
    }

    /** Lets so many more writing requests through and then breaks every connection at once. */
    public void cutOffAfter(long more) {
        lastWrite = writes.get() + more;
    }

    /** Lets everything through again. */
    public void reconnect() {
        lastWrite = Long.MAX_VALUE;
    }

    /** Whether it was cut off before all was done. */
    public boolean isCutOff() {
        return writes.get() > lastWrite;
    }

    /** Requests so far, those with faults included. */
    public long requests() {
        return requests.get();
    }

    /** Requests so far that change something: PUT, POST, DELETE. */
    public long writes() {
        return writes.get();
    }

    /** Bytes of content sent to the store so far. */
    public long bytesWritten() {
        return written.get();
    }

    /** Bytes of content got from the store so far, without listings. */
    public long bytesRead() {
        return read.get();
    }

    /** Requests by method. */
    public Map<String, Long> methods() {
        Map<String, Long> counts = new TreeMap<>();
        methods.forEach((method, count) -> counts.put(method, count.get()));
        return counts;
    }

    /** What was asked for, in the order it came. */
    public List<S3Request> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    /** Faults so far. */
    public Map<Fault, Long> faults() {
        Map<Fault, Long> counts = new TreeMap<>();
        faults.forEach((fault, count) -> counts.put(fault, count.get()));
        return counts;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        requests.incrementAndGet();
        methods.computeIfAbsent(method, name -> new AtomicLong()).incrementAndGet();
        boolean write = !method.equals("GET") && !method.equals("HEAD");
        long number = write ? writes.incrementAndGet() : writes.get();
        if (number > lastWrite || (!write && number >= lastWrite && isCutOff())) {
            exchange.close();
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        S3Request request = S3Request.of(exchange, body);
        log.add(request);
        written.addAndGet(request.action().equals("s3:PutObject") ? body.length : 0);
        Fault fault = draw(method);
        if (fault != null) {
            faults.computeIfAbsent(fault, name -> new AtomicLong()).incrementAndGet();
        }
        if (fault == Fault.RESET_BEFORE) {
            exchange.close();
            return;
        }
        if (fault == Fault.SLOW_DOWN || fault == Fault.INTERNAL_ERROR) {
            refuse(exchange, fault);
            return;
        }
        Answer answer = forward(exchange, method, body);
        read.addAndGet(request.action().equals("s3:GetObject") ? answer.body().length : 0);
        if (fault == Fault.LOST_ANSWER) {
            exchange.close();
            return;
        }
        if (fault == Fault.LATE) {
            pause(20);
        }
        answer(exchange, method, answer, fault == Fault.TRUNCATED);
    }

    private synchronized @Nullable Fault draw(String method) {
        int at = random.nextInt(1000);
        for (Fault fault : Fault.values()) {
            at -= weather.perMille().getOrDefault(fault, 0);
            if (at < 0) {
                return fault == Fault.TRUNCATED && !method.equals("GET") ? Fault.LATE : fault;
            }
        }
        return null;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(HttpExchange exchange, Fault fault) throws IOException {
        String code = fault == Fault.SLOW_DOWN ? "SlowDown" : "InternalError";
        byte[] xml = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>try again</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(fault == Fault.SLOW_DOWN ? 503 : 500, head ? -1 : xml.length);
        if (!head) {
            exchange.getResponseBody().write(xml);
        }
        exchange.close();
    }

    private record Answer(int status, List<String[]> headers, byte[] body) {}

    // One connection a request; the headers as they came, for the signature covers the host.
    private Answer forward(HttpExchange exchange, String method, byte[] body) throws IOException {
        StringBuilder head =
                new StringBuilder(method + " " + exchange.getRequestURI().toASCIIString() + " HTTP/1.1\r\n");
        exchange.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.equals("connection")
                    && !lower.equals("expect")
                    && !lower.equals("transfer-encoding")
                    && !lower.equals("content-length")) {
                values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n"));
            }
        });
        if (body.length > 0 || method.equals("PUT") || method.equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            return read(new BufferedInputStream(socket.getInputStream()), method);
        }
    }

    private static Answer read(InputStream in, String method) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", -1)[1]);
        List<String[]> headers = new ArrayList<>();
        long length = -1;
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            headers.add(new String[] {name, value});
            if (name.equalsIgnoreCase("Content-Length")) {
                length = Long.parseLong(value);
            }
            chunked |= name.equalsIgnoreCase("Transfer-Encoding") && value.equalsIgnoreCase("chunked");
        }
        boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
        byte[] body = bodiless
                ? new byte[0]
                : chunked ? chunks(in) : length < 0 ? in.readAllBytes() : in.readNBytes((int) length);
        return new Answer(status, headers, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in).split(";", -1)[0].strip(), 16);
            body.writeBytes(in.readNBytes(size));
            line(in);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static void answer(HttpExchange exchange, String method, Answer answer, boolean truncated)
            throws IOException {
        boolean head = method.equals("HEAD");
        for (String[] header : answer.headers()) {
            String lower = header[0].toLowerCase(Locale.ROOT);
            if (!lower.equals("connection")
                    && !lower.equals("transfer-encoding")
                    && (head || !lower.equals("content-length"))) {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
        }
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(answer.body(), 0, truncated ? length / 2 : length);
        }
        exchange.close();
    }

    @Override
    public void close() {
        listener.stop(0);
        threads.shutdownNow();
    }
}
