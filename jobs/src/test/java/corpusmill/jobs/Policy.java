package corpusmill.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.jobs.testing.S3Request;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A shipped IAM policy with its placeholders filled in, as far as such a policy is read: Allow, and a listed prefix. */
final class Policy {

    private final JsonNode statements;
    private final Set<String> unused = new TreeSet<>();

    private Policy(JsonNode statements) {
        this.statements = statements;
        for (JsonNode statement : statements) {
            statement.get("Action").forEach(action -> unused.add(id(statement, action.asText())));
        }
    }

    static Policy of(String name, Map<String, String> names) {
        String text = Repository.read(Path.of("jobs/conf/iam/" + name + ".json"));
        for (Map.Entry<String, String> placeholder : names.entrySet()) {
            text = text.replaceAll("\\b" + placeholder.getKey() + "\\b(?!-)", placeholder.getValue());
        }
        try {
            return new Policy(new ObjectMapper().readTree(text).get("Statement"));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean allows(S3Request request) {
        boolean allowed = false;
        for (JsonNode statement : statements) {
            if (has(statement.get("Action"), request.action())
                    && has(statement.get("Resource"), "arn:aws:s3:::" + request.resource())
                    && lists(statement, request.prefix())) {
                unused.remove(id(statement, request.action()));
                allowed = true;
            }
        }
        return allowed && request.more().stream().allMatch(this::allows);
    }

    /** Statement and action of what no request needed so far. */
    Set<String> unused() {
        return unused;
    }

    private static boolean lists(JsonNode statement, String prefix) {
        JsonNode prefixes = statement.at("/Condition/StringLike/s3:prefix");
        return prefixes.isMissingNode() || has(prefixes, prefix);
    }

    private static boolean has(JsonNode patterns, String value) {
        for (JsonNode pattern : patterns) {
            String regex = Pattern.quote(pattern.asText()).replace("*", "\\E.*\\Q");
            if (value.matches("(?s)" + regex)) {
                return true;
            }
        }
        return false;
    }

    private static String id(JsonNode statement, String action) {
        return statement.get("Sid").asText() + " " + action;
    }
}
