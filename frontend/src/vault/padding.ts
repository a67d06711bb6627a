// The sealed body: JSON with its length in front, padded by Padmé (Nikitin et al. 2019, "Reducing metadata leakage
// from encrypted files", algorithm 1), so that a size says little.
import { type Bytes, concat, readU32, text, u32, utf8 } from "./bytes.ts";
import { parseStrictObject } from "./strict-json.ts";

export type Sealed = Record<string, unknown>;

/** The padded length for a length in bytes; at most 12 % more. */
export function padme(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const unit = 2 ** Math.max(0, exponent - kept);
  return Math.ceil(length / unit) * unit;
}

export function pad(body: Sealed): Bytes {
  const json = utf8(JSON.stringify(body));
  const framed = concat(u32(json.length), json);
  return concat(framed, new Uint8Array(padme(framed.length) - framed.length));
}

/** Whether the length in front, the whole length and the zeros behind fit each other. */
export function isPadded(padded: Uint8Array): boolean {
  if (padded.length < 4) return false;
  const end = 4 + readU32(padded);
  if (end > padded.length || padded.length !== padme(end)) return false;
  return padded.subarray(end).every((byte) => byte === 0);
}

/** @throws where the body is no strict JSON object */
export const bodyOf = (padded: Uint8Array): Sealed => parseStrictObject(text(padded.subarray(4, 4 + readU32(padded))));
