// A person's keys: one root, and the sign, seal and device keys that follow from it. What leaves this file is not extractable.
import { ed25519 } from "@noble/curves/ed25519.js";
import { recipientOf } from "./age.ts";
import { type Bytes, concat, fromHex, hkdf256, random } from "./bytes.ts";
import { isKeepable, type WrappedKey, wrappedKey } from "./wrapped-key.ts";

export type Keys = {
  sign: CryptoKey; // Ed25519, signs
  seal: CryptoKey; // X25519, opens what is sealed to this person
  device: CryptoKey; // AES-GCM, for drafts and the outbox on the device
  signPublic: Bytes;
  sealRecipient: string;
  sealWrapped: WrappedKey | null; // kept on the device in place of the seal key, where the browser cannot give that back
};

const ED25519_PKCS8 = fromHex("302e020100300506032b657004220420");
const X25519_PKCS8 = fromHex("302e020100300506032b656e04220420");

export const newRoot = (): Bytes => random(32);

export async function keysOf(root: Uint8Array): Promise<Keys> {
  if (root.length !== 32) throw new Error("a root has 32 bytes");
  const seed = await hkdf256(root, "tilth/v1/sign");
  const scalar = await hkdf256(root, "tilth/v1/seal");
  const seal = await x25519Key(scalar);
  return {
    sign: await crypto.subtle.importKey("pkcs8", concat(ED25519_PKCS8, seed), "Ed25519", false, ["sign"]),
    seal,
    device: await crypto.subtle.importKey("raw", await hkdf256(root, "tilth/v1/device"), "AES-GCM", false, [
      "encrypt",
      "decrypt",
    ]),
    signPublic: ed25519.getPublicKey(seed) as Bytes,
    sealRecipient: await recipientOf(seal),
    sealWrapped: isKeepable(seal) ? null : await wrappedKey(x25519Pkcs8(scalar)),
  };
}

const x25519Pkcs8 = (scalar: Uint8Array): Bytes => concat(X25519_PKCS8, scalar);

export const x25519Key = (scalar: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey("pkcs8", x25519Pkcs8(scalar), "X25519", false, ["deriveBits"]);
