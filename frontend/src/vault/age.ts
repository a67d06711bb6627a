// The only importer of age-encryption: age files to X25519 keys (entries, keyring, passkey wraps) and to the key phrase.
import { bech32 } from "@scure/base";
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption";
import { type Bytes, text } from "./bytes.ts";

const WORK_FACTOR = 15;

/** The `age1…` recipient of an X25519 private key. */
export const recipientOf = (identity: CryptoKey): Promise<string> => identityToRecipient(identity);

export function isRecipient(value: unknown): value is string {
  if (typeof value !== "string" || !value.startsWith("age1") || value !== value.toLowerCase()) return false;
  const decoded = bech32.decodeUnsafe(value as `${string}1${string}`);
  return decoded?.prefix === "age" && bech32.fromWordsUnsafe(decoded.words)?.length === 32;
}

export async function sealTo(recipients: string[], plain: Uint8Array): Promise<Bytes> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return (await encrypter.encrypt(plain)) as Bytes;
}

const decrypters = new WeakMap<CryptoKey, Decrypter>(); // each works out its public key once

/** @throws when the file is damaged or not sealed to this key. */
export async function openWith(identity: CryptoKey, file: Uint8Array): Promise<Bytes> {
  const decrypter = decrypters.get(identity) ?? new Decrypter();
  if (!decrypters.has(identity)) decrypter.addIdentity(identity);
  decrypters.set(identity, decrypter);
  return (await decrypter.decrypt(file)) as Bytes;
}

export async function sealToPhrase(phrase: string, plain: Uint8Array): Promise<Bytes> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  encrypter.setPassphrase(phrase);
  return (await encrypter.encrypt(plain)) as Bytes;
}

/** @throws when the phrase is wrong, the file damaged, or its work factor another than ours (a server could ask for minutes). */
export async function openWithPhrase(phrase: string, file: Uint8Array): Promise<Bytes> {
  const stanzas = stanzasOf(file);
  if (stanzas.length !== 1 || !/^scrypt \S+ 15$/.test(stanzas[0] ?? "")) throw new Error("not sealed to a key phrase");
  const decrypter = new Decrypter();
  decrypter.addPassphrase(phrase);
  return (await decrypter.decrypt(file)) as Bytes;
}

/** The argument lines of an age file's stanzas, without their `-> `; empty where there is no age header. */
export function stanzasOf(file: Uint8Array): string[] {
  const end = endOfHeader(file);
  if (end < 0) return [];
  const lines = text(file.subarray(0, end)).split("\n");
  return lines.filter((line) => line.startsWith("-> ")).map((line) => line.slice(3));
}

function endOfHeader(file: Uint8Array): number {
  for (let at = 0; at + 4 < file.length; at++) {
    if (file[at] === 0x0a && file[at + 1] === 0x2d && file[at + 2] === 0x2d && file[at + 3] === 0x2d) return at;
  }
  return -1;
}
