package corpusmill.jobs.prepare;

import corpusmill.formats.ConfigException;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.tokenizer.DefinitionFiles;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.TokenizerException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The definition that {@code tokenizer.path} names: a file of any form, or the folder it lies in. */
final class TokenizerFiles {

    private TokenizerFiles() {}

    /**
     * Reads it.
     *
     * @throws ConfigException if there is none, or it is damaged or not supported
     */
    static TokenizerDefinition read(String path, Map<String, String> hadoop) {
        URI uri = Storages.uri(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        Storage storage = Storages.open(uri, hadoop);
        List<String> names = List.of(uri.getPath().split("/", -1));
        String last = names.get(names.size() - 1);
        try {
            if (storage.stat(uri).isPresent()) {
                String parent = names.size() > 1 ? names.get(names.size() - 2) : "";
                return DefinitionFiles.read(parent, last, folder(storage, uri.resolve(".")));
            }
            String file = DefinitionFiles.KNOWN.stream()
                    .filter(known -> storage.stat(Storages.resolve(uri, known)).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new ConfigException("tokenizer.path: there is no file " + path + ", and no "
                            + String.join(" or ", DefinitionFiles.KNOWN)
                            + " below it; name a tokenizer.json, as a URI or relative to the working directory"));
            return DefinitionFiles.read(last, file, folder(storage, uri));
        } catch (TokenizerException e) {
            throw new ConfigException("tokenizer.path: " + path + ": " + e.getMessage(), e);
        }
    }

    private static DefinitionFiles.Folder folder(Storage storage, URI folder) {
        return file -> {
            URI uri = Storages.resolve(folder, file);
            return storage.stat(uri).isPresent() ? storage.readAll(uri) : null;
        };
    }
}
