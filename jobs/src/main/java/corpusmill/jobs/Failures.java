package corpusmill.jobs;

import corpusmill.formats.CorpusException;
import corpusmill.tokenizer.TokenizerException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.PrintStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/** Turns a failure into one sentence and an exit code. */
final class Failures {

    private static final int DEFECT = 1;
    private static final int USAGE = 2;
    private static final int STORAGE = 5;

    private final PrintStream err;
    private final CorpusmillCommand root;

    Failures(PrintStream err, CorpusmillCommand root) {
        this.err = err;
        this.root = root;
    }

    /** Reports arguments that make no command. */
    int usage(CommandLine.ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        List<String> suggestions = failure instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
        String remedy = suggestions.isEmpty() ? "" : "did you mean " + suggestions.get(0) + "? otherwise ";
        say(oneLine(String.valueOf(failure.getMessage())) + "; " + remedy + "see "
                + command.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    /** Reports why a command failed; a failure of a task comes wrapped by Spark. */
    int report(Throwable failure) {
        Throwable known = known(failure);
        if (root.verbose()) {
            failure.printStackTrace(err);
        }
        if (known instanceof CorpusException corpus) {
            say(oneLine(String.valueOf(corpus.getMessage())));
            return corpus.exitCode();
        }
        if (known instanceof TokenizerException) {
            say(oneLine(String.valueOf(known.getMessage())));
            return USAGE;
        }
        Optional<String> gpu = GpuFailure.sentence(failure);
        if (gpu.isPresent()) {
            say(gpu.get());
            return USAGE;
        }
        if (known instanceof IOException) {
            say("reading or writing failed: " + known.getClass().getSimpleName() + ": "
                    + oneLine(String.valueOf(known.getMessage()))
                    + "; check space, permissions and network, then run again");
            return STORAGE;
        }
        if (known instanceof OutOfMemoryError) {
            say(
                    "the Java heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB is full; give more with CORPUSMILL_HEAP=8g or run fewer tasks with --set spark.master=local[2]");
            return DEFECT;
        }
        say("this is a defect of Corpusmill: " + failure.getClass().getName()
                + (failure.getMessage() == null ? "" : ": " + oneLine(failure.getMessage()))
                + "; run again with --verbose for the stack trace and report it");
        return DEFECT;
    }

    /** The cause that says most: one of our own, wherever it lies; else the first I/O failure; else the failure. */
    private static Throwable known(Throwable failure) {
        Throwable known = failure;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof CorpusException
                    || cause instanceof TokenizerException
                    || cause instanceof OutOfMemoryError) {
                return cause;
            }
            boolean io = cause instanceof IOException && !(cause instanceof ObjectStreamException);
            known = io && !(known instanceof IOException) ? cause : known;
        }
        return known;
    }

    private void say(String sentence) {
        err.println("corpusmill: " + sentence);
    }

    private static String oneLine(String message) {
        return message.strip().lines().findFirst().orElse("");
    }
}
