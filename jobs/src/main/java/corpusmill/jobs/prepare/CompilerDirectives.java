package corpusmill.jobs.prepare;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directives for the compilers of this Java. A method that Java's second compiler takes costs some tens of milliseconds,
 * which a run on little input gives back for the kernels only. The launcher names the file, since it set up this process;
 * without it nothing is changed.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/vm/compiler-control1.html">Compiler control</a>
 */
final class CompilerDirectives {

    private static final Logger LOG = LoggerFactory.getLogger(CompilerDirectives.class);
    static final String FILE = "corpusmill.compiler.small";

    private CompilerDirectives() {}

    /** Adds those for a run on little input, and says whether it did; where Java takes them not, the log says why. */
    static boolean forSmallInput() {
        String file = System.getProperty(FILE, "");
        if (file.isEmpty()) {
            return false;
        }
        String answer;
        try {
            answer = tell("compilerDirectivesAdd", new Object[] {new String[] {file}}, String[].class.getName());
        } catch (JMException e) {
            answer = e.toString();
        }
        boolean added = answer.contains("directives added");
        if (!added) {
            LOG.warn(
                    "Java takes no directives for its compilers, so that a small run takes longer: {}", answer.strip());
        }
        return added;
    }

    /** Calls a command of this Java's own diagnosis, as {@code jcmd} does from outside. */
    static String tell(String command, Object[] arguments, String... types) throws JMException {
        return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), command, arguments, types));
    }
}
