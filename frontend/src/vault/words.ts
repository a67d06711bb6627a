// The twelve words. Loaded only where a phrase is made or read: the word list is half as large as everything else.
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { random } from "./bytes.ts";
import { normalPhrase } from "./wrap.ts";

export const newPhrase = (): string => entropyToMnemonic(random(16), wordlist);
export const entropyOf = (phrase: string): Uint8Array => mnemonicToEntropy(normalPhrase(phrase), wordlist);

export type PhraseProblem = { code: "count"; count: number } | { code: "unknown"; word: string } | { code: "checksum" };

/** What is wrong with a typed phrase before it is tried; null where it could be one. */
export function phraseProblem(typed: string): PhraseProblem | null {
  const words = normalPhrase(typed).split(" ").filter(Boolean);
  const unknown = words.find((word) => !wordlist.includes(word));
  if (unknown !== undefined) return { code: "unknown", word: unknown };
  if (words.length !== 12) return { code: "count", count: words.length };
  try {
    entropyOf(words.join(" "));
    return null;
  } catch {
    return { code: "checksum" };
  }
}
