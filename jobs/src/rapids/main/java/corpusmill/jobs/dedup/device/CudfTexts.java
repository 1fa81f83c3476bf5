package corpusmill.jobs.dedup.device;

import ai.rapids.cudf.HostColumnVectorCore;

/**
 * The texts of a binary column in host memory.
 *
 * @param column lists of bytes, which stay the caller's to close
 */
public record CudfTexts(HostColumnVectorCore column) implements Texts {

    @Override
    public int count() {
        return Math.toIntExact(column.getRowCount());
    }

    @Override
    public int bytes(int index) {
        return column.isNull(index)
                ? 0
                : Math.toIntExact(column.getEndListOffset(index) - column.getStartListOffset(index));
    }

    @Override
    public byte[] text(int index) {
        return bytes(index) == 0 ? new byte[0] : column.getBytesFromList(index);
    }
}
