package corpusmill.tokenizer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The forms a definition comes in: {@code tokenizer.json}; ranks, {@code ENCODING.tiktoken}; {@code vocab.json} and
 * {@code merges.txt} beside each other. The latter two become the {@code tokenizer.json} that means the same, so its
 * fingerprint is the one of that file.
 */
public final class DefinitionFiles {
    /** What a folder is searched for, in this order. */
    public static final List<String> KNOWN = List.of("tokenizer.json", "vocab.json");

    private DefinitionFiles() {}

    /** The files beside each other, wherever they lie. */
    @FunctionalInterface
    public interface Folder {
        /** The content of a file, or null if there is none of that name. */
        byte @Nullable [] read(String file);
    }

    /**
     * Reads a definition.
     *
     * @param folderName last name of the folder's path, may be empty
     * @param file a file of the folder; empty if the folder itself was named
     * @param folder gives the files
     * @throws TokenizerException if a file is absent, damaged or not supported; names the line or JSON path
     */
    public static TokenizerDefinition read(String folderName, String file, Folder folder) {
        String chosen = file.isEmpty() ? choose(folderName, folder) : file;
        String own = chosen.replaceFirst("\\.[^.]*$", "");
        if (chosen.endsWith(".tiktoken")) {
            NamedEncoding encoding = NamedEncoding.of(own);
            RanksFile ranks = new RanksFile(own, content(folder, chosen));
            return TokenizerDefinition.of(own, ByteLevelDefinition.ofRanks(ranks, encoding), null);
        }
        boolean generic = List.of("tokenizer.json", "vocab.json", "merges.txt").contains(chosen);
        String name = generic && !folderName.isEmpty() ? folderName : own;
        byte[] config = generic && !folderName.isEmpty() ? folder.read("tokenizer_config.json") : null;
        if (chosen.equals("vocab.json") || chosen.equals("merges.txt")) {
            byte[] vocabulary = content(folder, "vocab.json");
            byte[] merges = content(folder, "merges.txt");
            return TokenizerDefinition.of(
                    name, new VocabularyFiles(name).definition(vocabulary, merges, config), config);
        }
        return TokenizerDefinition.read(name, content(folder, chosen), config);
    }

    private static String choose(String folderName, Folder folder) {
        return KNOWN.stream()
                .filter(file -> folder.read(file) != null)
                .findFirst()
                .orElseThrow(() -> new TokenizerException("Tokenizer folder '" + folderName
                        + "' holds neither tokenizer.json nor vocab.json; name a file in it."));
    }

    private static byte[] content(Folder folder, String file) {
        byte[] content = folder.read(file);
        if (content == null) {
            throw new TokenizerException("Tokenizer file " + file
                    + " is not there; a tokenizer is a tokenizer.json, a .tiktoken file, or vocab.json and merges.txt"
                    + " beside each other.");
        }
        return content;
    }
}
