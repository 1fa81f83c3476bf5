package corpusmill.jobs.config;

import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;

/**
 * Which tokenizer, and how documents are framed.
 *
 * @param path the definition, a {@code tokenizer.json}; relative to the working directory
 * @param engine which engine runs it
 * @param specialTokens what text that spells a special token becomes
 * @param append put after every document: {@code eos}, {@code none}, or the content of one of the special tokens
 */
public record TokenizerConfig(String path, EngineChoice engine, SpecialTokens specialTokens, String append) {}
