package corpusmill.formats.verify;

import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one verification has found so far. */
final class Findings {

    private final List<Finding> all = new ArrayList<>();
    private long files;
    private long bytes;

    void add(Finding.Kind kind, String path, String sentence) {
        all.add(new Finding(kind, path, sentence));
    }

    /** Counts a file of which bytes were read. */
    void read(long count) {
        files++;
        bytes += count;
    }

    /** What a check gives, or null and a finding if the store fails or the file is damaged. */
    <T> @Nullable T guard(String path, Supplier<@Nullable T> check) {
        try {
            return check.get();
        } catch (StorageException e) {
            add(Finding.Kind.UNREADABLE, path, String.valueOf(e.getMessage()));
        } catch (DamagedDatasetException e) {
            add(Finding.Kind.BAD_STRUCTURE, path, String.valueOf(e.getMessage()));
        }
        return null;
    }

    VerificationReport report() {
        return new VerificationReport(all, files, bytes);
    }
}
