// Ed25519, checked strictly: S < L, A and R canonical and not of small order. The encodings are looked at here, since what
// verifiers do with odd ones differs; the equation itself is the browser's own (twenty times as quick as in script).
import { ED25519_TORSION_SUBGROUP } from "@noble/curves/ed25519.js";
import { type Bytes, concat, fromHex, hex, utf8 } from "./bytes.ts";

const P = fromHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"); // 2^255 − 19, little-endian
const L = fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"); // the order of the group

/** Every signature names what it is for: Ed25519(`tilth/v1/<purpose>\0` ‖ message). */
export const purposed = (purpose: string, ...message: Uint8Array[]): Bytes =>
  concat(utf8(`tilth/v1/${purpose}\0`), ...message);

export async function sign(key: CryptoKey, message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, message));
}

export async function verify(signPublic: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (signature.length !== 64 || !isSoundPoint(signPublic) || !isSoundPoint(signature.subarray(0, 32))) return false;
  if (!isBelow(signature.subarray(32), L)) return false;
  try {
    return await crypto.subtle.verify("Ed25519", await verifyingKey(signPublic), signature as Bytes, message as Bytes);
  } catch {
    return false;
  }
}

const keys = new Map<string, Promise<CryptoKey>>();

function verifyingKey(signPublic: Uint8Array): Promise<CryptoKey> {
  const name = hex(signPublic);
  const key = keys.get(name) ?? crypto.subtle.importKey("raw", signPublic as Bytes, "Ed25519", false, ["verify"]);
  keys.set(name, key);
  return key;
}

/** y without the sign of x. */
function withoutSign(encoded: Uint8Array): Bytes {
  const y = new Uint8Array(encoded);
  y[31] = (y[31] as number) & 0x7f;
  return y;
}

const SMALL: ReadonlySet<string> = new Set(ED25519_TORSION_SUBGROUP.map((point) => hex(withoutSign(fromHex(point)))));

/** y < p, and no point of small order; whether x exists, the equation shows. */
function isSoundPoint(encoded: Uint8Array): boolean {
  if (encoded.length !== 32) return false;
  const y = withoutSign(encoded);
  return isBelow(y, P) && !SMALL.has(hex(y));
}

/** Whether one little-endian number is less than another of the same length. */
function isBelow(number: Uint8Array, limit: Uint8Array): boolean {
  for (let i = limit.length - 1; i >= 0; i--) {
    const difference = (number[i] as number) - (limit[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
