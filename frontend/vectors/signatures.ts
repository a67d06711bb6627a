// Signatures that a lenient verifier accepts and a strict one must not.
import { ed25519 } from "@noble/curves/ed25519.js";
import { type Bytes, b64u, concat, random, sha512 } from "../src/vault/bytes.ts";

const L = ed25519.Point.Fn.ORDER;
const IDENTITY = littleEndian(1n);
const NOT_CANONICAL_IDENTITY = littleEndian(2n ** 255n - 19n + 1n);

export function refusedSignatures(message: Bytes) {
  const seed = random(32);
  const { scalar, pointBytes } = ed25519.utils.getExtendedPublicKey(seed);
  const signature = ed25519.sign(message, seed);
  const [r, s] = [signature.slice(0, 32), number(signature.slice(32))];
  const challenge = number(sha512(IDENTITY, pointBytes, message)) % L;
  const fits = (what: string, key: Uint8Array, sig: Uint8Array) => ({
    what,
    public: b64u(key),
    message: b64u(message),
    sig: b64u(sig),
  });
  return [
    fits("S not reduced", pointBytes, concat(r, littleEndian(s + L))),
    fits("A of small order", IDENTITY, concat(IDENTITY, littleEndian(0n))),
    fits("A and R not canonical", NOT_CANONICAL_IDENTITY, concat(NOT_CANONICAL_IDENTITY, littleEndian(0n))),
    fits("R of small order", pointBytes, concat(IDENTITY, littleEndian((challenge * scalar) % L))),
    fits("R not canonical", pointBytes, concat(NOT_CANONICAL_IDENTITY, littleEndian(s))),
    fits("another message", pointBytes, ed25519.sign(concat(message, message), seed)),
    fits("S not of this signature", pointBytes, concat(r, littleEndian((s + 1n) % L))),
    fits("truncated", pointBytes, signature.slice(0, 63)),
  ];
}

function littleEndian(value: bigint): Bytes {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

function number(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
}
