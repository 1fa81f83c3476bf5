package corpusmill.jobs.config;

/**
 * One entry of {@code input}.
 *
 * @param path a file, a directory (read recursively) or a glob; a URI, or a path relative to the working directory
 * @param source name of the mixture component
 * @param format how the files are read
 * @param fields which field of a record holds what
 */
public record InputConfig(String path, String source, InputFormat format, FieldsConfig fields) {}
