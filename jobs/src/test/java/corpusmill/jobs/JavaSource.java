package corpusmill.jobs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the methods of Java code by counting braces. */
final class JavaSource {

    private static final Pattern NOISE = Pattern.compile(
            "(?s)\"\"\".*?(?<!\\\\)\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)++'|//[^\\n]*|/\\*.*?\\*/");
    private static final Pattern TYPE = Pattern.compile("(^|\\s)(class|interface|enum|record|@interface)\\s+\\w+");

    private JavaSource() {}

    /**
     * A method or constructor.
     *
     * @param header its declaration on one line
     * @param lines from the declaration to the closing brace
     */
    record Method(String header, int lines) {}

    static List<Method> methods(String code) {
        String clean = NOISE.matcher(code)
                .replaceAll(match -> "\n".repeat((int)
                        match.group().chars().filter(c -> c == '\n').count()));
        List<Method> methods = new ArrayList<>();
        Deque<Block> open = new ArrayDeque<>();
        StringBuilder header = new StringBuilder();
        int line = 1;
        int headerLine = 1;
        for (int at = 0; at < clean.length(); at++) {
            char c = clean.charAt(at);
            if (c == '{') {
                String text = header.toString().strip();
                boolean type = TYPE.matcher(text).find() || (text.isEmpty() && open.isEmpty());
                boolean member = !open.isEmpty() && open.peek().type();
                open.push(new Block(text, headerLine, type, member && !type && text.contains("(")));
                header.setLength(0);
            } else if (c == '}') {
                Block block = open.pop();
                if (block.method()) {
                    methods.add(new Method(block.header(), line - block.line() + 1));
                }
                header.setLength(0);
            } else if (c == ';') {
                header.setLength(0);
            } else if (header.length() > 0 || !Character.isWhitespace(c)) {
                if (header.length() == 0) {
                    headerLine = line;
                }
                header.append(c == '\n' ? ' ' : c);
            }
            line += c == '\n' ? 1 : 0;
        }
        return methods;
    }

    private record Block(String header, int line, boolean type, boolean method) {}
}
