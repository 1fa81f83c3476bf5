package corpusmill.jobs.testing;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to S3, by what it needs to be allowed.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource bucket, or bucket and key
 * @param prefix that is listed; empty where nothing is
 * @param more actions and resources that it needs beside: the source of a copy, the keys of a batch
 */
public record S3Request(String action, String resource, String prefix, List<S3Request> more) {

    private static final Pattern PREFIX = Pattern.compile("(?:^|&)prefix=([^&]*)");
    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>");

    public S3Request {
        more = List.copyOf(more);
    }

    static S3Request of(HttpExchange exchange, byte[] body) {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath().substring(1);
        String query = exchange.getRequestURI().getRawQuery() == null
                ? ""
                : exchange.getRequestURI().getRawQuery();
        boolean bucket = path.indexOf('/') < 0 || path.indexOf('/') == path.length() - 1;
        if (bucket) {
            return ofBucket(method, path.replace("/", ""), query, body);
        }
        List<S3Request> more = new ArrayList<>();
        String source = exchange.getRequestHeaders().getFirst("x-amz-copy-source");
        if (source != null) {
            String name = URLDecoder.decode(source, StandardCharsets.UTF_8).replaceFirst("^/", "");
            more.add(new S3Request("s3:GetObject", name, "", List.of()));
        }
        String action =
                switch (method) {
                    case "GET", "HEAD" -> "s3:GetObject";
                    case "DELETE" -> query.contains("uploadId=") ? "s3:AbortMultipartUpload" : "s3:DeleteObject";
                    default -> "s3:PutObject";
                };
        return new S3Request(action, path, "", more);
    }

    private static S3Request ofBucket(String method, String bucket, String query, byte[] body) {
        if (method.equals("POST")) {
            List<S3Request> keys = new ArrayList<>();
            Matcher key = KEY.matcher(new String(body, StandardCharsets.UTF_8));
            while (key.find()) {
                keys.add(new S3Request("s3:DeleteObject", bucket + "/" + key.group(1), "", List.of()));
            }
            return keys.isEmpty()
                    ? new S3Request("s3:DeleteObject", bucket, "", List.of())
                    : keys.get(0).with(keys);
        }
        Matcher prefix = PREFIX.matcher(query);
        String listed = prefix.find() ? URLDecoder.decode(prefix.group(1), StandardCharsets.UTF_8) : "";
        boolean uploads = query.matches("(^|.*&)uploads(=?)(&.*|$)");
        return new S3Request(uploads ? "s3:ListBucketMultipartUploads" : "s3:ListBucket", bucket, listed, List.of());
    }

    private S3Request with(List<S3Request> others) {
        return new S3Request(action, resource, prefix, others);
    }
}
