// Meeting each other's keys: the invitation's secret, the proof of joining, the code compared aloud.
import { type Bytes, b64u, equal, fromB64u, fromHex, hmac256, random, sha512, utf8 } from "./bytes.ts";
import { isHash, uuidBytes } from "./ids.ts";
import { purposed } from "./signatures.ts";

export type Vouching = { secret: Bytes; card: string };

export const newSecret = (): Bytes => random(16);

/** The part of the invitation's link behind `#`; it never reaches a server. */
export const fragment = (vouching: Vouching): string => `${b64u(vouching.secret)}.${vouching.card}`;

/** Reads the part behind `#`; null where there is none or it is damaged. */
export function readFragment(hash: string): Vouching | null {
  const [, letters, card] = /^#?([A-Za-z0-9_-]{22})\.([0-9a-f]{64})$/.exec(hash) ?? [];
  if (!letters || !isHash(card)) return null;
  try {
    return { secret: fromB64u(letters), card };
  } catch {
    return null;
  }
}

/** HMAC-SHA256(secret, `tilth/v1/join\0` ‖ partnership ‖ the joiner's card hash). */
export const joinProof = (secret: Uint8Array, partnership: string, card: string): Bytes =>
  hmac256(secret, purposed("join", uuidBytes(partnership), fromHex(card)));

export function proofFits(proof: string, secret: Uint8Array, joining: { partnership: string; card: string }): boolean {
  try {
    return equal(fromB64u(proof), joinProof(secret, joining.partnership, joining.card));
  } catch {
    return false;
  }
}

/** Twelve groups of five digits, the same for both: SHA-512(`tilth/v1/code\0` ‖ lower ‖ higher), 5 bytes each mod 100000. */
export function safetyCode(card: string, other: string): string[] {
  const [lower, higher] = [card, other].sort() as [string, string];
  const digest = sha512(utf8("tilth/v1/code\0"), fromHex(lower), fromHex(higher));
  return Array.from({ length: 12 }, (_, group) => {
    const value = digest.subarray(group * 5, group * 5 + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(value % 100000).padStart(5, "0");
  });
}
