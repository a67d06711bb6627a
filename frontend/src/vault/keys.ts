// A person's keys: one root, and the sign, seal and device keys that follow from it. What leaves this file is not extractable.
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { recipientOf } from "./age.ts";
import { type Bytes, concat, fromHex, hex, hkdf256, random, utf8 } from "./bytes.ts";

export type Keys = {
  sign: CryptoKey; // Ed25519, signs
  seal: CryptoKey; // X25519, opens what is sealed to this person
  device: CryptoKey; // AES-GCM, for drafts and the outbox on the device
  signPublic: Bytes;
  sealRecipient: string;
};

const ED25519_PKCS8 = fromHex("302e020100300506032b657004220420");
const X25519_PKCS8 = fromHex("302e020100300506032b656e04220420");

export const newRoot = (): Bytes => random(32);

export async function keysOf(root: Uint8Array): Promise<Keys> {
  if (root.length !== 32) throw new Error("a root has 32 bytes");
  const seed = await hkdf256(root, "tilth/v1/sign");
  const seal = await x25519Key(await hkdf256(root, "tilth/v1/seal"));
  return {
    sign: await crypto.subtle.importKey("pkcs8", concat(ED25519_PKCS8, seed), "Ed25519", false, ["sign"]),
    seal,
    device: await crypto.subtle.importKey("raw", await hkdf256(root, "tilth/v1/device"), "AES-GCM", false, [
      "encrypt",
      "decrypt",
    ]),
    signPublic: ed25519.getPublicKey(seed) as Bytes,
    sealRecipient: await recipientOf(seal),
  };
}

export const x25519Key = (scalar: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey("pkcs8", concat(X25519_PKCS8, scalar), "X25519", false, ["deriveBits"]);

/** Every signature names what it is for: Ed25519(`tilth/v1/<purpose>\0` ‖ message). */
export const purposed = (purpose: string, ...message: Uint8Array[]): Bytes =>
  concat(utf8(`tilth/v1/${purpose}\0`), ...message);

export async function sign(key: CryptoKey, message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, message));
}

/** Strict: S < L, A and R canonical and not of small order (RFC 8032 with the refusals of the protocol). */
export function verify(signPublic: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    if (SMALL_ORDER.has(hex(signature.subarray(0, 32)))) return false; // of A, the library says so itself
    return ed25519.verify(signature, message, signPublic, { zip215: false });
  } catch {
    return false;
  }
}

const SMALL_ORDER: ReadonlySet<string> = new Set(ED25519_TORSION_SUBGROUP);
