package corpusmill.jobs.config;

import corpusmill.formats.ConfigException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Keeps credentials out of job files, and data off unencrypted connections. */
final class Secrets {

    private static final Pattern KEY = Pattern.compile(
            "secret|passw(or)?d|passphrase|token|credential|(access|account|private|api|encryption)[._-]?key");
    private static final Pattern HARMLESS =
            Pattern.compile(".*(\\.provider|\\.enabled|\\.class|\\.type|file|\\.path|\\.algorithm|\\.length|\\.impl)");
    private static final Pattern VALUE = Pattern.compile("(AKIA|ASIA)[0-9A-Z]{16}|hf_[A-Za-z0-9]{30,}|-----BEGIN "
            + "|://[^/@\\s]+:[^/@\\s]+@|X-Amz-Signature=|[?&]sig=|AccountKey=");

    private Secrets() {}

    /**
     * Refuses a job file that holds a credential; the message never repeats the value.
     *
     * @throws ConfigException if a key under {@code spark} or any value looks like one
     */
    static void check(String path, ConfigNode node) {
        if (node instanceof ConfigNode.Group group) {
            group.entries().forEach((name, child) -> check(path.isEmpty() ? name : path + "." + name, child));
        } else if (node instanceof ConfigNode.Listing listing) {
            listing.items().forEach(child -> check(path, child));
        } else if (node instanceof ConfigNode.Scalar scalar) {
            String key = path.toLowerCase(Locale.ROOT);
            boolean named = key.startsWith(ConfigKeys.SPARK + ".")
                    && KEY.matcher(key).find()
                    && !HARMLESS.matcher(key).matches();
            if (named || VALUE.matcher(scalar.text()).find()) {
                throw new ConfigException(node.origin() + ": " + path + " holds what looks like a credential;"
                        + " take it out and use the platform's own, such as a role or AWS_ environment variables");
            }
        }
    }

    /**
     * Refuses a setting that sends data to another machine without encryption.
     *
     * @param settings all Spark settings
     * @param key the one to look at
     * @throws ConfigException if its value is a plain http address that is not this machine's
     */
    static void checkEndpoint(Map<String, String> settings, String key, ConfigOrigin origin) {
        String value = settings.getOrDefault(key, "").strip();
        boolean plain = value.toLowerCase(Locale.ROOT).startsWith("http://");
        boolean off = key.endsWith(".endpoint")
                && !value.contains("://")
                && "false".equals(settings.get(key.replaceFirst("endpoint$", "connection.ssl.enabled")));
        if ((plain || off) && !loopback(plain ? value : "http://" + value)) {
            throw new ConfigException(origin + ": spark setting " + key + " sends data to '" + value
                    + "' without encryption, which is allowed to this machine only; use https");
        }
    }

    private static boolean loopback(String address) {
        try {
            String host = new URI(address).getHost();
            boolean literal = host != null && (host.startsWith("[") || host.matches("[0-9.]+"));
            return "localhost".equalsIgnoreCase(host)
                    || (literal && InetAddress.getByName(host).isLoopbackAddress());
        } catch (URISyntaxException | UnknownHostException e) {
            return false;
        }
    }
}
