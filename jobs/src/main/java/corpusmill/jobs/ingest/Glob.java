package corpusmill.jobs.ingest;

import corpusmill.formats.ConfigException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern over file names, case-sensitive: {@code *} and {@code ?} within a name, {@code **} across folders,
 * {@code [a-z]} and {@code [!a-z]}, {@code {one,other}}; a backslash takes the next character as it stands.
 *
 * @param prefix the folder up to the first special character, without its slash; may be empty
 * @param pattern matches names relative to the prefix
 * @param depth folders and names below the prefix that can match at most
 */
record Glob(String prefix, Pattern pattern, int depth) {

    private static final String SPECIAL = "*?[{\\";

    /** Whether a path holds a special character. */
    static boolean isPattern(String path) {
        return path.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    /** @throws ConfigException if a bracket or a brace is not closed */
    static Glob of(String path) {
        int special = 0;
        while (SPECIAL.indexOf(path.charAt(special)) < 0) {
            special++;
        }
        int slash = path.lastIndexOf('/', special);
        String glob = path.substring(slash + 1);
        int depth = glob.contains("**")
                ? Integer.MAX_VALUE
                : 1 + (int) glob.chars().filter(c -> c == '/').count();
        try {
            // The root is the one folder whose name is its slash.
            String prefix = slash < 0 ? "" : path.substring(0, Math.max(1, slash));
            return new Glob(prefix, Pattern.compile(regex(glob), Pattern.DOTALL), depth);
        } catch (PatternSyntaxException e) {
            throw new ConfigException(
                    "the pattern '" + path + "' cannot be read: " + e.getDescription()
                            + "; close every [ and {, or put a backslash before one that is meant as it stands",
                    e);
        }
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int braces = 0;
        int at = 0;
        while (at < glob.length()) {
            char c = glob.charAt(at);
            at++;
            switch (c) {
                case '*' -> {
                    if (glob.startsWith("*/", at) && (at == 1 || glob.charAt(at - 2) == '/')) {
                        regex.append("(?:.*/)?");
                        at += 2;
                    } else if (glob.startsWith("*", at)) {
                        regex.append(".*");
                        at++;
                    } else {
                        regex.append("[^/]*");
                    }
                }
                case '?' -> regex.append("[^/]");
                case '[' -> at = set(glob, at, regex);
                case '{' -> {
                    regex.append("(?:");
                    braces++;
                }
                case '}' -> {
                    regex.append(braces > 0 ? ")" : "\\}");
                    braces = Math.max(0, braces - 1);
                }
                case ',' -> regex.append(braces > 0 ? "|" : ",");
                case '\\' -> {
                    if (at < glob.length()) {
                        regex.append(Pattern.quote(glob.substring(at, at + 1)));
                        at++;
                    }
                }
                default -> {
                    int codePoint = glob.codePointAt(at - 1);
                    regex.append(Pattern.quote(Character.toString(codePoint)));
                    at += Character.charCount(codePoint) - 1;
                }
            }
        }
        return regex.toString();
    }

    private static int set(String glob, int from, StringBuilder regex) {
        int at = from;
        boolean negated = at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^');
        at += negated ? 1 : 0;
        int close = glob.indexOf(']', at + 1);
        if (close < 0) {
            throw new PatternSyntaxException("a [ is not closed", glob, from);
        }
        regex.append(negated ? "[^/" : "(?!/)[");
        for (; at < close; at++) {
            char c = glob.charAt(at);
            boolean range = c == '-' && at > from && at < close - 1;
            regex.append(range || Character.isLetterOrDigit(c) || c > 127 ? String.valueOf(c) : "\\" + c);
        }
        regex.append(']');
        return close + 1;
    }
}
