package corpusmill.jobs.dedup.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts on the heap. */
public record HeapTexts(List<byte @Nullable []> texts) implements Texts {

    @Override
    public int count() {
        return texts.size();
    }

    @Override
    public int bytes(int index) {
        return text(index).length;
    }

    @Override
    public byte[] text(int index) {
        byte[] text = texts.get(index);
        return text == null ? new byte[0] : text;
    }
}
