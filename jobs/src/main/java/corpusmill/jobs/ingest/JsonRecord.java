package corpusmill.jobs.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object strictly by RFC 8259 and takes two of its fields out. The grammar of the whole line is checked;
 * values of other fields are passed over without being built, so they may be of any size. Fields of one name are
 * refused in the record's own object, not inside values nobody reads. One thread; reused for many records.
 */
final class JsonRecord {

    /** Arrays and objects that may lie inside each other, the record's own object included. */
    static final int MAX_DEPTH = 10_000;

    private static final int OTHER = 0;
    private static final int TEXT = 1;
    private static final int KEY = 2;

    private final String textName;
    private final String keyName;

    private byte[] bytes = {};
    private int end;
    private RejectionReason failure = RejectionReason.INVALID_JSON;
    private boolean escaped;
    private final long[] objects = new long[MAX_DEPTH / 64 + 1];
    private final JsonStrings strings = new JsonStrings();

    /** The names of the record before this one: records of one file mostly have the same fields in the same order. */
    private byte[][] shape = {};

    private int[] roles = {};
    private int fields;
    private @Nullable Set<String> names;
    private int seen;

    private boolean textIsOther;
    private boolean hasText;
    private boolean halfPair;
    private byte[] text = {};
    private @Nullable String key;

    JsonRecord(String textName, String keyName) {
        this.textName = textName;
        this.keyName = keyName;
    }

    /** The text of the record that was read, in UTF-8. */
    byte[] text() {
        return text;
    }

    /** A string, or a number as it is written; null if the field is absent or holds something else. */
    @Nullable
    String key() {
        return key;
    }

    /**
     * Reads the record in [from, to), which must be well-formed UTF-8 and more than white space.
     *
     * @return null if there is a text, otherwise why not
     */
    @Nullable
    RejectionReason read(byte[] record, int from, int to) {
        bytes = record;
        end = to;
        textIsOther = false;
        hasText = false;
        halfPair = false;
        key = null;
        int at = space(from);
        if (at == end || bytes[at] != '{') {
            int behind = value(at);
            if (behind < 0) {
                return failure;
            }
            return space(behind) < end ? RejectionReason.INVALID_JSON : RejectionReason.NOT_AN_OBJECT;
        }
        at = object(at + 1);
        if (at < 0) {
            return failure;
        }
        return space(at) < end ? RejectionReason.TRAILING_DATA : take();
    }

    /** Whether [from, to) is nothing but JSON white space. */
    static boolean blank(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }

    private @Nullable RejectionReason take() {
        if (textIsOther) {
            return RejectionReason.FIELD_NOT_TEXT;
        }
        if (!hasText) {
            return RejectionReason.FIELD_MISSING;
        }
        return halfPair ? RejectionReason.LONE_SURROGATE : null;
    }

    // The record's own object, behind its brace.
    private int object(int from) {
        fields = 0;
        names = null;
        int at = space(from);
        if (at < end && bytes[at] == '}') {
            return at + 1;
        }
        while (true) {
            if (at >= end || bytes[at] != '"') {
                return fail(RejectionReason.INVALID_JSON);
            }
            int close = quoted(at);
            if (close < 0) {
                return close;
            }
            int role = name(at + 1, close - 1);
            if (role < 0) {
                return fail(RejectionReason.DUPLICATE_KEY);
            }
            at = space(close);
            if (at >= end || bytes[at] != ':') {
                return fail(RejectionReason.INVALID_JSON);
            }
            at = field(space(at + 1), role);
            if (at < 0) {
                return at;
            }
            at = space(at);
            if (at >= end) {
                return fail(RejectionReason.INVALID_JSON);
            }
            if (bytes[at] == '}') {
                remember();
                return at + 1;
            }
            if (bytes[at] != ',') {
                return fail(RejectionReason.INVALID_JSON);
            }
            at = space(at + 1);
        }
    }

    // The role of the field named in [from, to), or -1 if the object has it already.
    private int name(int from, int to) {
        int index = fields++;
        Set<String> known = names;
        if (known == null) {
            if (!escaped && index < seen && Arrays.equals(shape[index], 0, shape[index].length, bytes, from, to)) {
                return roles[index];
            }
            known = new HashSet<>();
            for (int i = 0; i < index; i++) {
                known.add(new String(shape[i], StandardCharsets.UTF_8));
            }
            names = known;
        }
        // A name that cannot be decoded holds half a surrogate pair: compared as it is written.
        strings.read(bytes, from, to + 1);
        String name = strings.isHalved()
                ? new String(bytes, from, to - from, StandardCharsets.UTF_8) + '\uD800'
                : strings.string();
        if (!known.add(name)) {
            return -1;
        }
        if (index == roles.length) {
            int larger = Math.max(16, 2 * index);
            roles = Arrays.copyOf(roles, larger);
            shape = Arrays.copyOf(shape, larger);
        }
        shape[index] = name.getBytes(StandardCharsets.UTF_8);
        roles[index] = (name.equals(textName) ? TEXT : OTHER) | (name.equals(keyName) ? KEY : OTHER);
        seen = index + 1;
        return roles[index];
    }

    // Objects of very many fields are not worth remembering.
    private void remember() {
        if (names != null && fields > 256) {
            seen = 0;
            shape = new byte[0][];
            roles = new int[0];
        }
    }

    private int field(int at, int role) {
        if (role != OTHER && at < end && bytes[at] == '"') {
            return string(at + 1, role);
        }
        int close = value(at);
        if (close < 0 || role == OTHER) {
            return close;
        }
        byte first = bytes[at];
        if ((role & TEXT) != 0) {
            textIsOther = first != 'n';
        }
        if ((role & KEY) != 0 && (first == '-' || (first >= '0' && first <= '9'))) {
            key = new String(bytes, at, close - at, StandardCharsets.US_ASCII);
        }
        return close;
    }

    private int string(int from, int role) {
        int close = strings.read(bytes, from, end);
        if (close < 0) {
            return fail(RejectionReason.INVALID_JSON);
        }
        halfPair |= strings.isHalved();
        if ((role & TEXT) != 0) {
            text = strings.bytes();
            hasText = true;
        }
        if ((role & KEY) != 0) {
            key = strings.string();
        }
        return close;
    }

    // Passes over the value at a place; the place behind it, or -1. Nesting is a bit a level, not a call.
    private int value(int from) {
        int depth = 0;
        int at = from;
        while (true) {
            at = space(at);
            if (at >= end) {
                return fail(RejectionReason.INVALID_JSON);
            }
            byte first = bytes[at];
            if (first == '{' || first == '[') {
                if (depth + 1 >= MAX_DEPTH) {
                    return fail(RejectionReason.NESTED_TOO_DEEP);
                }
                boolean object = first == '{';
                at = space(at + 1);
                if (at < end && bytes[at] == (object ? '}' : ']')) {
                    at++;
                } else {
                    open(depth++, object);
                    at = object ? nestedName(at) : at;
                    if (at < 0) {
                        return at;
                    }
                    continue;
                }
            } else {
                at = first == '"' ? quoted(at) : scalar(at, first);
                if (at < 0) {
                    return at;
                }
            }
            boolean more = false;
            while (depth > 0 && !more) {
                at = space(at);
                if (at >= end) {
                    return fail(RejectionReason.INVALID_JSON);
                }
                boolean object = inObject(depth - 1);
                if (bytes[at] == ',') {
                    at = object ? nestedName(space(at + 1)) : at + 1;
                    if (at < 0) {
                        return at;
                    }
                    more = true;
                } else if (bytes[at] == (object ? '}' : ']')) {
                    at++;
                    depth--;
                } else {
                    return fail(RejectionReason.INVALID_JSON);
                }
            }
            if (!more) {
                return at;
            }
        }
    }

    private void open(int level, boolean object) {
        long bit = 1L << (level & 63);
        objects[level >> 6] = object ? objects[level >> 6] | bit : objects[level >> 6] & ~bit;
    }

    private boolean inObject(int level) {
        return (objects[level >> 6] >>> (level & 63) & 1) != 0;
    }

    // A name and its colon.
    private int nestedName(int from) {
        if (from >= end || bytes[from] != '"') {
            return fail(RejectionReason.INVALID_JSON);
        }
        int at = quoted(from);
        if (at < 0) {
            return at;
        }
        at = space(at);
        return at < end && bytes[at] == ':' ? at + 1 : fail(RejectionReason.INVALID_JSON);
    }

    // Behind the string at a place; notes whether it holds escapes.
    private int quoted(int from) {
        escaped = false;
        int at = from + 1;
        while (true) {
            at = Utf8.stringStop(bytes, at, end);
            if (at >= end) {
                return fail(RejectionReason.INVALID_JSON);
            }
            byte stop = bytes[at];
            if (stop == '"') {
                return at + 1;
            }
            if (stop != '\\' || at + 1 >= end) {
                return fail(RejectionReason.INVALID_JSON);
            }
            escaped = true;
            byte letter = bytes[at + 1];
            if (letter == 'u') {
                if (at + 6 > end || JsonStrings.hex(bytes, at + 2) < 0) {
                    return fail(RejectionReason.INVALID_JSON);
                }
                at += 6;
            } else if (JsonStrings.unescaped(letter) != 0) {
                at += 2;
            } else {
                return fail(RejectionReason.INVALID_JSON);
            }
        }
    }

    private int scalar(int at, byte first) {
        return switch (first) {
            case 't' -> literal(at, "true");
            case 'f' -> literal(at, "false");
            case 'n' -> literal(at, "null");
            default -> number(at);
        };
    }

    private int literal(int at, String word) {
        if (at + word.length() > end) {
            return fail(RejectionReason.INVALID_JSON);
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return fail(RejectionReason.INVALID_JSON);
            }
        }
        return at + word.length();
    }

    private int number(int from) {
        int at = bytes[from] == '-' ? from + 1 : from;
        int whole = at;
        at = digits(at);
        if (at == whole || (bytes[whole] == '0' && at > whole + 1)) {
            return fail(RejectionReason.INVALID_JSON);
        }
        if (at < end && bytes[at] == '.') {
            int fraction = at + 1;
            at = digits(fraction);
            if (at == fraction) {
                return fail(RejectionReason.INVALID_JSON);
            }
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            int exponent = at + 1;
            if (exponent < end && (bytes[exponent] == '+' || bytes[exponent] == '-')) {
                exponent++;
            }
            at = digits(exponent);
            if (at == exponent) {
                return fail(RejectionReason.INVALID_JSON);
            }
        }
        return at;
    }

    private int digits(int from) {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private int space(int from) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
        return at;
    }

    private int fail(RejectionReason reason) {
        failure = reason;
        return -1;
    }
}
