package corpusmill.jobs.ingest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A compressed stream is damaged at the place reached. Everything before it has been delivered; reading on delivers what
 * can be found behind the damage, or the end.
 */
final class DamagedInputException extends IOException {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final transient Evidence.@Nullable Collector rest;

    DamagedInputException(RejectionReason reason, String message) {
        this(reason, message, null);
    }

    DamagedInputException(RejectionReason reason, String message, Evidence.@Nullable Collector rest) {
        super(message);
        this.reason = reason;
        this.rest = rest;
    }

    RejectionReason reason() {
        return reason;
    }

    /** The bytes of the file itself that follow its compressed stream; null if the damage is inside the stream. */
    Evidence.@Nullable Collector rest() {
        return rest;
    }
}
