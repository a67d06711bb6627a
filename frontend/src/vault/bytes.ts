// Bytes and their texts. Hashing is synchronous (@noble/hashes, which age brings along): a chain of a thousand links is
// quicker without a promise for each.
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as sha256Of, sha512 as sha512Of } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { base64url } from "@scure/base";

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;
/** Strict: throws on bytes that are no UTF-8; a byte order mark stays in the text. */
export const text = (bytes: Uint8Array): string => decoder.decode(bytes);

export function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

export const hex = (bytes: Uint8Array): string => bytesToHex(bytes);

export function fromHex(digits: string): Bytes {
  if (!/^([0-9a-f]{2})*$/.test(digits)) throw new Error("not lower-case hex");
  return hexToBytes(digits) as Bytes;
}

export const b64u = (bytes: Uint8Array): string => base64url.encode(bytes).replace(/=+$/, "");

/** base64url without padding; only the one canonical spelling is accepted. */
export function fromB64u(letters: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(letters)) throw new Error("not base64url");
  return base64url.decode(letters + "=".repeat(-letters.length & 3)) as Bytes;
}

export function u32(value: number): Bytes {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setUint32(0, value);
  return four;
}

export function readU32(bytes: Uint8Array, at = 0): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}

export const sha256 = (...parts: Uint8Array[]): Bytes => sha256Of(concat(...parts)) as Bytes;
export const sha512 = (...parts: Uint8Array[]): Bytes => sha512Of(concat(...parts)) as Bytes;
export const hmac256 = (key: Uint8Array, message: Uint8Array): Bytes => hmac(sha256Of, key, message) as Bytes;

export async function hkdf256(secret: Uint8Array, info: string): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret as Bytes, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
