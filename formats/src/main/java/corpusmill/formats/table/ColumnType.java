package corpusmill.formats.table;

/** What a column of a table holds; nothing is ever absent. */
public enum ColumnType {
    /** {@link Integer}. */
    INT32(Integer.class),
    /** {@link Long}. */
    INT64(Long.class),
    /** {@link Double}. */
    DOUBLE(Double.class),
    /** {@link String}. */
    STRING(String.class),
    /** {@code byte[]}. */
    BINARY(byte[].class);

    private final Class<?> javaType;

    ColumnType(Class<?> javaType) {
        this.javaType = javaType;
    }

    /** The class of its values. */
    public Class<?> javaType() {
        return javaType;
    }
}
