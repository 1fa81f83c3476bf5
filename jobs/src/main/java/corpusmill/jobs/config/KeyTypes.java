package corpusmill.jobs.config;

import corpusmill.jobs.config.NearConfig.Shingle;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/** The types of values in a job file. */
final class KeyTypes {

    private static final String SIZE = "^\\d{1,12}\\s*(B|KiB|MiB|GiB|TiB)?$";

    private KeyTypes() {}

    static KeyType<String> text() {
        return new KeyType<>("a text", KeyTypes::written, text -> text, Map.of("type", "string", "minLength", 1));
    }

    static KeyType<URI> location() {
        return new KeyType<>(
                "a directory or an object-store prefix such as s3://bucket/datasets/web-v1",
                node -> Locations.directory(written(node)),
                URI::toString,
                Map.of("type", "string", "minLength", 1));
    }

    static KeyType<Boolean> flag() {
        return new KeyType<>(
                "true or false",
                node -> Boolean.valueOf(scalar(node, ConfigNode.Kind.BOOLEAN)),
                flag -> flag,
                Map.of("type", "boolean"));
    }

    static KeyType<Long> whole(long min, long max) {
        return new KeyType<>(
                max == Long.MAX_VALUE
                        ? "a whole number of at least " + min
                        : "a whole number from " + min + " to " + max,
                node -> {
                    try {
                        long value = Long.parseLong(scalar(node, ConfigNode.Kind.WHOLE));
                        if (value >= min && value <= max) {
                            return value;
                        }
                    } catch (NumberFormatException e) {
                        throw (Refusal) new Refusal().initCause(e);
                    }
                    throw new Refusal();
                },
                value -> value,
                Map.of("type", "integer", "minimum", min, "maximum", max));
    }

    /**
     * A fraction.
     *
     * @param limit the interval, such as {@code (0, 1]}
     */
    static KeyType<Double> share(String limit) {
        boolean zero = limit.charAt(0) == '[';
        boolean one = limit.charAt(limit.length() - 1) == ']';
        DoublePredicate inside = value -> (zero ? value >= 0 : value > 0) && (one ? value <= 1 : value < 1);
        return new KeyType<>(
                "a number in " + limit,
                node -> {
                    try {
                        double value = Double.parseDouble(scalar(node, ConfigNode.Kind.WHOLE, ConfigNode.Kind.NUMBER));
                        if (inside.test(value)) {
                            return value == 0 ? 0.0 : value;
                        }
                    } catch (NumberFormatException e) { // .nan and .inf are numbers to YAML
                        throw (Refusal) new Refusal().initCause(e);
                    }
                    throw new Refusal();
                },
                value -> value,
                Map.of(
                        "type",
                        "number",
                        zero ? "minimum" : "exclusiveMinimum",
                        0,
                        one ? "maximum" : "exclusiveMaximum",
                        1));
    }

    static KeyType<DataSize> size(String min, String max) {
        return new KeyType<>(
                "a size from " + min + " to " + max,
                node -> {
                    try {
                        DataSize size = DataSize.parse(written(node));
                        if (size.bytes() >= DataSize.parse(min).bytes()
                                && size.bytes() <= DataSize.parse(max).bytes()) {
                            return size;
                        }
                    } catch (IllegalArgumentException | ArithmeticException e) {
                        throw (Refusal) new Refusal().initCause(e);
                    }
                    throw new Refusal();
                },
                DataSize::toString,
                Map.of("type", List.of("string", "integer"), "pattern", SIZE));
    }

    /** One of a few words. */
    static <E extends Enum<E>> KeyType<E> choice(Class<E> type) {
        E[] constants = type.getEnumConstants();
        List<Object> words = Arrays.stream(constants).map(KeyTypes::word).toList();
        return new KeyType<>(
                oneOf(words),
                node -> {
                    String written = written(node);
                    for (E constant : constants) {
                        if (word(constant).toString().equals(written)) {
                            return constant;
                        }
                    }
                    throw new Refusal();
                },
                KeyTypes::word,
                Map.of("enum", words));
    }

    /** A list of words, each at most once, at least one. */
    static <E extends Enum<E>> KeyType<List<E>> choices(Class<E> type) {
        KeyType<E> one = choice(type);
        return new KeyType<>(
                "a list of different rules, each " + one.limit(),
                node -> {
                    if (!(node instanceof ConfigNode.Listing listing)
                            || listing.items().isEmpty()) {
                        throw new Refusal();
                    }
                    List<E> values = new ArrayList<>();
                    for (ConfigNode item : listing.items()) {
                        E value = one.reader().read(item);
                        if (values.contains(value)) {
                            throw new Refusal();
                        }
                        values.add(value);
                    }
                    return List.copyOf(values);
                },
                values -> values.stream().map(one.plain()).toList(),
                Map.of("type", "array", "items", one.schema(), "minItems", 1, "uniqueItems", true));
    }

    /** A list of different places, possibly empty. */
    static KeyType<List<URI>> locations() {
        KeyType<URI> one = location();
        return new KeyType<>(
                "a list of different directories or object-store prefixes",
                node -> {
                    if (!(node instanceof ConfigNode.Listing listing)) {
                        throw new Refusal();
                    }
                    List<URI> values = new ArrayList<>();
                    for (ConfigNode item : listing.items()) {
                        URI value = one.reader().read(item);
                        if (values.contains(value)) {
                            throw new Refusal("names " + value + " twice; name it once");
                        }
                        values.add(value);
                    }
                    return List.copyOf(values);
                },
                values -> values.stream().map(one.plain()).toList(),
                Map.of("type", "array", "items", new TreeMap<>(one.schema()), "uniqueItems", true));
    }

    static KeyType<Shingle> shingle() {
        return new KeyType<>(
                Shingle.FORMS,
                node -> {
                    return Shingle.parse(written(node)).orElseThrow(Refusal::new);
                },
                Shingle::toString,
                Map.of("type", "string", "pattern", "^(auto|(words|characters):[1-9]\\d{0,2})$"));
    }

    /** How an enum constant is spelled in a job file. */
    static Object word(Enum<?> constant) {
        String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return word.equals("true") || word.equals("false") ? (Object) Boolean.valueOf(word) : word;
    }

    /** What stands in a scalar that is not empty. */
    static String written(ConfigNode node) throws Refusal {
        if (node instanceof ConfigNode.Scalar scalar
                && scalar.kind() != ConfigNode.Kind.NULL
                && !scalar.text().isBlank()) {
            return scalar.text();
        }
        throw new Refusal();
    }

    private static String scalar(ConfigNode node, ConfigNode.Kind... kinds) throws Refusal {
        if (node instanceof ConfigNode.Scalar scalar && List.of(kinds).contains(scalar.kind())) {
            return scalar.text();
        }
        throw new Refusal();
    }

    private static String oneOf(List<Object> words) {
        List<String> texts = words.stream().map(Object::toString).toList();
        int last = texts.size() - 1;
        return last == 0 ? texts.get(0) : String.join(", ", texts.subList(0, last)) + " or " + texts.get(last);
    }
}
