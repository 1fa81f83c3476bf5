package corpusmill.jobs.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A job file after it was read. Immutable.
 *
 * @param config every value
 * @param settings the same values one by one, with where each came from
 */
public record JobFile(PrepareConfig config, List<Setting> settings) {

    private static final int COMMENT_COLUMN = 48;

    public JobFile {
        settings = List.copyOf(settings);
    }

    /** The job as YAML that reads back to the same job, each value with a comment where it came from. */
    public String print() {
        StringBuilder yaml = new StringBuilder();
        List<String> before = List.of();
        for (Setting setting : settings) {
            List<String> path = setting.path();
            int shared = 0;
            while (shared < Math.min(before.size(), path.size()) - 1
                    && before.get(shared).equals(path.get(shared))) {
                shared++;
            }
            boolean item = false;
            for (int depth = shared; depth < path.size(); depth++) {
                if (isIndex(path, depth)) {
                    item = true;
                    continue;
                }
                String indent = "  ".repeat(item ? depth - 1 : depth) + (item ? "- " : "");
                item = false;
                String line = indent + path.get(depth) + ":";
                boolean last = depth + 1 == path.size();
                yaml.append(last ? commented(line + " " + yaml(setting.value()), setting.origin()) : line)
                        .append('\n');
            }
            before = path;
        }
        return yaml.toString();
    }

    private static boolean isIndex(List<String> path, int depth) {
        return depth == 1 && path.get(0).equals(ConfigKeys.INPUT);
    }

    private static String commented(String line, ConfigOrigin origin) {
        return line + " ".repeat(Math.max(1, COMMENT_COLUMN - line.length())) + "# " + origin;
    }

    private static String yaml(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(JobFile::yaml).collect(Collectors.joining(", ", "[", "]"));
        }
        if (!(value instanceof String text)) {
            return value.toString();
        }
        boolean plain = text.matches("[A-Za-z/][A-Za-z0-9_./-]*") && !text.matches("true|false|null");
        return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
