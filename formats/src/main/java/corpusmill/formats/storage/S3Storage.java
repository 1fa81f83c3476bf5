package corpusmill.formats.storage;

import corpusmill.formats.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * S3 and what speaks its protocol, by the AWS SDK. An object appears as a whole when its last request is answered;
 * {@code If-None-Match: *} lets exactly one writer create it. Clients are shared by all instances of equal settings.
 */
final class S3Storage implements Storage {

    private static final long serialVersionUID = 1L;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
    /** How often a create that the store calls a conflict is tried: another writer's may fail in the meantime. */
    private static final int ATTEMPTS = 5;

    private static final Map<Bucket, S3Client> OPEN = new ConcurrentHashMap<>();

    private record Bucket(String name, Map<String, String> settings) {}

    private final TreeMap<String, String> settings;

    /**
     * Makes a storage.
     *
     * @param settings by Hadoop's names, over those found on the class path
     */
    S3Storage(Map<String, String> settings) {
        this.settings = new TreeMap<>(settings);
    }

    private S3Client client(URI uri) {
        return OPEN.computeIfAbsent(
                new Bucket(bucket(uri), settings),
                bucket -> S3Settings.of(bucket.name(), bucket.settings()).client());
    }

    private static String bucket(URI uri) {
        return String.valueOf(uri.getRawAuthority());
    }

    /** The key, which has no slash at its start. */
    private static String key(URI uri) {
        String path = new String(UriText.pathBytes(uri), StandardCharsets.UTF_8);
        return path.startsWith("/") ? path.substring(1) : path;
    }

    @Override
    public List<StoredFile> list(URI prefix) {
        List<StoredFile> files = new ArrayList<>();
        String key = key(prefix);
        if (!key.isEmpty() && !key.endsWith("/")) {
            stat(prefix).ifPresent(files::add);
            key += "/";
        }
        String below = key;
        try {
            client(prefix)
                    .listObjectsV2Paginator(list -> list.bucket(bucket(prefix)).prefix(below))
                    .contents()
                    .forEach(object -> add(files, object, prefix));
        } catch (SdkException e) {
            throw failure("list", prefix, e);
        }
        files.sort(UriText.BY_NAME);
        return List.copyOf(files);
    }

    // A key with a slash at its end and no bytes stands for a directory.
    private static void add(List<StoredFile> files, S3Object object, URI prefix) {
        if (object.size() > 0 || !object.key().endsWith("/")) {
            URI uri = URI.create(prefix.getScheme() + "://" + bucket(prefix) + "/" + UriText.encode(object.key()));
            files.add(new StoredFile(uri, object.size(), tag(object.eTag())));
        }
    }

    private static String tag(String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    @Override
    public Optional<StoredFile> stat(URI uri) {
        try {
            HeadObjectResponse head = client(uri)
                    .headObject(request -> request.bucket(bucket(uri)).key(key(uri)));
            return Optional.of(new StoredFile(uri, head.contentLength(), tag(head.eTag())));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw failure("look at", uri, e);
        } catch (SdkException e) {
            throw failure("look at", uri, e);
        }
    }

    @Override
    public InputStream open(URI uri) {
        try {
            return S3Input.open(client(uri), bucket(uri), key(uri));
        } catch (SdkException e) {
            throw failure("read", uri, e);
        }
    }

    @Override
    public byte[] read(URI uri, long offset, int length) {
        String verb = "read " + length + " bytes at " + offset + " of";
        if (length == 0) {
            return new byte[0];
        }
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        try {
            byte[] bytes = client(uri)
                    .getObjectAsBytes(
                            get -> get.bucket(bucket(uri)).key(key(uri)).range(range))
                    .asByteArray();
            if (bytes.length != length) {
                throw Failures.of(verb, uri, Failures.beyondEnd(offset, length));
            }
            return bytes;
        } catch (S3Exception e) {
            throw e.statusCode() == 416
                    ? Failures.of(verb, uri, Failures.beyondEnd(offset, length))
                    : failure(verb, uri, e);
        } catch (SdkException e) {
            throw failure(verb, uri, e);
        }
    }

    @Override
    public byte[] readAll(URI uri) {
        StoredFile file = stat(uri).orElseThrow(() -> Failures.of("read", uri, new FileNotFoundException()));
        if (file.bytes() > MAX_ARRAY) {
            throw Failures.tooLarge(uri, file.bytes());
        }
        return read(uri, 0, (int) file.bytes());
    }

    @Override
    public void write(URI uri, ContentWriter content) {
        S3Output out = new S3Output(client(uri), bucket(uri), key(uri));
        boolean whole = false;
        try {
            content.writeTo(new OpenOutput(out));
            out.finish();
            whole = true;
        } catch (SdkException e) {
            throw failure("write", uri, e);
        } catch (IOException e) {
            throw Failures.of("write", uri, e);
        } finally {
            if (!whole) {
                out.abort();
            }
        }
    }

    @Override
    public boolean createIfAbsent(URI uri, byte[] content) {
        for (int attempt = 1; ; attempt++) {
            try {
                client(uri)
                        .putObject(
                                put -> put.bucket(bucket(uri)).key(key(uri)).ifNoneMatch("*"),
                                RequestBody.fromBytes(content));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == 412) {
                    return false;
                }
                if (e.statusCode() != 409 || attempt == ATTEMPTS) {
                    throw failure("create", uri, e);
                }
            } catch (SdkException e) {
                throw failure("create", uri, e);
            }
        }
    }

    @Override
    public void delete(URI uri) {
        try {
            client(uri).deleteObject(delete -> delete.bucket(bucket(uri)).key(key(uri)));
        } catch (SdkException e) {
            throw failure("delete", uri, e);
        }
    }

    @Override
    public Instant modified(StoredFile file) {
        URI uri = file.uri();
        try {
            return client(uri)
                    .headObject(head -> head.bucket(bucket(uri)).key(key(uri)))
                    .lastModified();
        } catch (SdkException e) {
            throw failure("look at", uri, e);
        }
    }

    @Override
    public List<UnfinishedUpload> unfinishedUploads(URI prefix) {
        String key = key(prefix);
        String below = key.isEmpty() || key.endsWith("/") ? key : key + "/";
        try {
            return client(prefix)
                    .listMultipartUploadsPaginator(
                            list -> list.bucket(bucket(prefix)).prefix(below))
                    .uploads()
                    .stream()
                    .filter(upload -> upload.key().startsWith(below))
                    .map(upload -> new UnfinishedUpload(
                            Storages.resolve(URI.create(prefix.getScheme() + "://" + bucket(prefix)), upload.key()),
                            upload.uploadId(),
                            upload.initiated()))
                    .toList();
        } catch (SdkException e) {
            throw failure("list the unfinished uploads below", prefix, e);
        }
    }

    @Override
    public void abort(UnfinishedUpload upload) {
        URI uri = upload.uri();
        try {
            client(uri)
                    .abortMultipartUpload(
                            abort -> abort.bucket(bucket(uri)).key(key(uri)).uploadId(upload.id()));
        } catch (S3Exception e) {
            if (e.statusCode() != 404) {
                throw failure("abort an upload of", uri, e);
            }
        } catch (SdkException e) {
            throw failure("abort an upload of", uri, e);
        }
    }

    @Override
    public String checksum(StoredFile file) {
        if (!file.tag().isEmpty()) {
            return "etag:" + file.tag();
        }
        try (InputStream in = open(file.uri())) {
            return LocalStorage.crc32c(in);
        } catch (IOException e) {
            throw Failures.of("read", file.uri(), e);
        }
    }

    private static StorageException failure(String verb, URI uri, SdkException e) {
        int status = e instanceof S3Exception answer ? answer.statusCode() : 0;
        if (status == 404) {
            boolean bucket = String.valueOf(e.getMessage()).contains("bucket does not exist");
            String missing = bucket ? "there is no bucket " + bucket(uri) : "there is no such file";
            return new StorageException("cannot " + verb + " " + uri + ": " + missing + "; check the path", e);
        }
        return Failures.of(
                verb, uri, status == 403 ? (IOException) new AccessDeniedException(uri.toString()).initCause(e) : e);
    }
}
