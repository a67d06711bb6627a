// An X25519 key for a browser whose storage takes one and gives nothing back, as WebKit's does: there it is kept wrapped.
import { type Bytes, random } from "./bytes.ts";

/** The wrapping key can be kept and not be taken out. It unwraps: whatever script runs here can ask it for a key that can be. */
export type WrappedKey = { by: CryptoKey; iv: Bytes; wrapped: Bytes };

/** IndexedDB clones as `structuredClone` does, but tells of no failure: all that was kept with the key reads as null. */
export function isKeepable(key: CryptoKey): boolean {
  try {
    structuredClone(key);
    return true;
  } catch {
    return false;
  }
}

export async function wrappedKey(pkcs8: Bytes): Promise<WrappedKey> {
  const by = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "unwrapKey"]);
  const iv = random(12);
  return { by, iv, wrapped: new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, by, pkcs8)) };
}

export const unwrappedKey = ({ by, iv, wrapped }: WrappedKey): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey("pkcs8", wrapped, by, { name: "AES-GCM", iv }, "X25519", false, ["deriveBits"]);
