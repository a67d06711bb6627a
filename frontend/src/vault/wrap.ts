// Wraps of the root, kept by the server: one to the key phrase, one for each passkey that can unlock (WebAuthn PRF).
import { openWith, openWithPhrase, recipientOf, sealTo, sealToPhrase } from "./age.ts";
import { type Bytes, hkdf256 } from "./bytes.ts";
import { x25519Key } from "./keys.ts";
import { demand, orRefuseLater } from "./refusal.ts";

/** Upper case, commas, lines and many spaces are forgiven. */
export const normalPhrase = (typed: string): string =>
  typed
    .normalize("NFKD")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean)
    .join(" ");

export const wrapForPhrase = (root: Bytes, phrase: string): Promise<Bytes> => sealToPhrase(normalPhrase(phrase), root);

/** @throws Refusal `wrap` when the phrase is wrong or the wrap damaged */
export async function unwrapByPhrase(file: Uint8Array, phrase: string): Promise<Bytes> {
  const root = await orRefuseLater("wrap", () => openWithPhrase(normalPhrase(phrase), file));
  demand(root.length === 32, "wrap");
  return root;
}

export async function wrapForPasskey(root: Bytes, prf: Uint8Array): Promise<Bytes> {
  return sealTo([await recipientOf(await passkeyIdentity(prf))], root);
}

/** @throws Refusal `wrap` */
export async function unwrapByPasskey(file: Uint8Array, prf: Uint8Array): Promise<Bytes> {
  const root = await orRefuseLater("wrap", async () => openWith(await passkeyIdentity(prf), file));
  demand(root.length === 32, "wrap");
  return root;
}

const passkeyIdentity = async (prf: Uint8Array): Promise<CryptoKey> => x25519Key(await hkdf256(prf, "tilth/v1/wrap"));
