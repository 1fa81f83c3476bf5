package corpusmill.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code .tiktoken} file: on each line the bytes of a token in Base64, a blank, and its rank, which is its id. */
final class RanksFile {
    private static final int LONGEST_TOKEN = 4096;

    private final String name;
    private final Map<String, Integer> ranks = new HashMap<>();

    RanksFile(String name, byte[] content) {
        this.name = name;
        Map<Integer, Integer> lineOfRank = new HashMap<>();
        String[] lines = new String(content, StandardCharsets.US_ASCII).split("\n", -1);
        for (int at = 0; at < lines.length; at++) {
            String line = lines[at].strip();
            if (line.isEmpty()) {
                continue;
            }
            int rank = read(at + 1, line);
            Integer earlier = lineOfRank.put(rank, at + 1);
            if (earlier != null) {
                throw damaged(at + 1, "gives rank " + rank + ", which line " + earlier + " gives too");
            }
        }
        for (int value = 0; value < 256; value++) {
            if (!ranks.containsKey(String.valueOf(ByteAlphabet.letter(value)))) {
                throw new TokenizerException("Tokenizer '" + name + "': no line gives the single byte " + value
                        + "; the file is cut short, fetch it again.");
            }
        }
    }

    private int read(int number, String line) {
        int blank = line.indexOf(' ');
        byte[] token;
        int rank;
        try {
            token = Base64.getDecoder().decode(line.substring(0, Math.max(0, blank)));
            rank = Integer.parseInt(line.substring(blank + 1));
        } catch (IllegalArgumentException e) {
            token = new byte[0];
            rank = -1;
        }
        if (token.length == 0 || rank < 0) {
            String shown = line.length() <= 60 ? line : line.substring(0, 60) + "…";
            throw damaged(number, "must be a token in Base64, a blank and a rank, but is '" + shown + "'");
        }
        if (token.length > LONGEST_TOKEN) {
            throw damaged(
                    number, "holds a token of " + token.length + " bytes, more than the limit of " + LONGEST_TOKEN);
        }
        if (ranks.put(ByteAlphabet.spell(token), rank) != null) {
            throw damaged(number, "repeats a token of an earlier line");
        }
        return rank;
    }

    /** Tokens in the byte alphabet, and their ids. */
    Map<String, Integer> vocabulary() {
        return ranks;
    }

    /**
     * The pairs whose merging makes the tokens, by rank: what is left of a token's bytes when all merges of lower rank
     * are done. A token of which more than two parts are left has none; it is found as a whole piece only.
     */
    List<String[]> merges() {
        List<Map.Entry<String, Integer>> byRank = new ArrayList<>(ranks.entrySet());
        byRank.sort(Comparator.comparing(Map.Entry::getValue));
        List<String[]> merges = new ArrayList<>(byRank.size());
        for (Map.Entry<String, Integer> token : byRank) {
            String[] pair = token.getKey().length() == 1 ? null : pair(token.getKey(), token.getValue());
            if (pair != null) {
                merges.add(pair);
            }
        }
        return merges;
    }

    private String @Nullable [] pair(String token, int limit) {
        List<String> parts = new ArrayList<>();
        List<Integer> joined = new ArrayList<>(); // rank of parts[i] + parts[i + 1]
        for (int at = 0; at < token.length(); at++) {
            parts.add(token.substring(at, at + 1));
        }
        for (int at = 0; at + 1 < parts.size(); at++) {
            joined.add(rank(parts, at));
        }
        while (parts.size() > 2) {
            int best = 0;
            for (int at = 1; at < joined.size(); at++) {
                best = joined.get(at) < joined.get(best) ? at : best;
            }
            if (joined.get(best) >= limit) {
                return null;
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
            joined.remove(best);
            if (best < joined.size()) {
                joined.set(best, rank(parts, best));
            }
            if (best > 0) {
                joined.set(best - 1, rank(parts, best - 1));
            }
        }
        return parts.toArray(new String[0]);
    }

    private int rank(List<String> parts, int at) {
        return ranks.getOrDefault(parts.get(at) + parts.get(at + 1), Integer.MAX_VALUE);
    }

    private TokenizerException damaged(int line, String what) {
        return new TokenizerException(
                "Tokenizer '" + name + "': line " + line + " " + what + "; the file is damaged, fetch it again.");
    }
}
