package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of the house over every file of the project. The exceptions are ratchets: they may go down, not up. */
class TidyTest {

    private static final int MAX_FILE_LINES = 500;
    private static final int MAX_METHOD_LINES = 70;

    /** Files that are allowed to be longer, with their lines. */
    private static final Map<String, Integer> LONG_FILES = Map.of();

    /** Files with a kernel that is allowed to be longer, with its lines. */
    private static final Map<String, Integer> LONG_METHODS = Map.of();

    private static final Pattern TO_BE_DONE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.:}~*-])/(wo" + "rk|ro" + "ot|ho" + "me|Us" + "ers)/\\w");
    private static final Pattern BAD_NAME = Pattern.compile("(^|/)(utils?|common|helpers?|managers?|impl)(/|$)"
            + "|(Utils?|Helpers?|Manager|Common|Impl)\\.java$|(^|/)(utils?|helpers?|common)\\.py$");

    @Test
    void keepsFilesShort() {
        assertThat(Stream.of(".java", ".py", ".md", "bin/corpusmill", "bin/test")
                        .flatMap(ending -> Repository.texts(ending).stream())
                        .filter(file -> lines(file) > LONG_FILES.getOrDefault(file.toString(), MAX_FILE_LINES))
                        .map(file -> file + ": " + lines(file) + " lines"))
                .isEmpty();
    }

    @Test
    void keepsMethodsShort() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Repository.texts(".java")) {
            int limit = LONG_METHODS.getOrDefault(file.toString(), MAX_METHOD_LINES);
            JavaSource.methods(Repository.read(file)).stream()
                    .filter(method -> method.lines() > limit)
                    .forEach(method -> tooLong.add(file + ": " + method));
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void countsTheLinesOfMethods() {
        String code = """
                class A {
                    /** { */
                    static int a(int b) throws E {
                        String s = "}{";
                        if (b > 0) {
                            return 'x' == '{' ? 1 : 2;
                        }
                        return 3;
                    }

                    record R(int x) {
                        R {
                            check(x);
                        }

                        int twice() { return 2 * x; }
                    }
                }
                """;
        assertThat(JavaSource.methods(code))
                .containsExactly(
                        new JavaSource.Method("static int a(int b) throws E", 7),
                        new JavaSource.Method("int twice()", 1));
    }

    @Test
    void leavesNothingToBeDone() {
        assertThat(found(TO_BE_DONE)).isEmpty();
    }

    @Test
    void namesNoMachine() {
        assertThat(found(MACHINE_PATH)).isEmpty();
    }

    @Test
    void hasNoDrawersForAnything() {
        assertThat(Repository.texts())
                .extracting(Path::toString)
                .filteredOn(file -> BAD_NAME.matcher(file).find())
                .isEmpty();
    }

    @Test
    void explainsEveryPackage() {
        assertThat(Repository.texts(".java").stream()
                        .filter(file -> file.toString().contains("src/main/java"))
                        .map(Path::getParent)
                        .distinct())
                .allSatisfy(
                        folder -> assertThat(Repository.root().resolve(folder).resolve("package-info.java"))
                                .exists()
                                .content()
                                .contains("@NullMarked"));
    }

    private static long lines(Path file) {
        return Repository.read(file).lines().count();
    }

    private static List<String> found(Pattern pattern) {
        return Repository.texts().stream()
                .flatMap(file -> Repository.read(file)
                        .lines()
                        .filter(line -> pattern.matcher(line).find())
                        .map(line -> file + ": " + line.strip()))
                .toList();
    }
}
