// The keys on this device: non-extractable, for as long as the person stays unlocked here.
import { type Bytes, b64u, fromB64u, random, text, utf8 } from "./bytes.ts";
import { knownCard, type SignedCard } from "./card.ts";
import type { Keys } from "./keys.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";
import { unwrappedKey } from "./wrapped-key.ts";

export type Unlocked = { keys: Keys; signed: SignedCard };
type Placed = { keys: Omit<Keys, "seal"> & { seal: CryptoKey | null }; signed: SignedCard };

const PLACE = "keys";

export function keepKeys(store: Store, { keys, signed }: Unlocked): Promise<void> {
  const placed: Placed = { keys: { ...keys, seal: keys.sealWrapped ? null : keys.seal }, signed };
  return store.put("kept", PLACE, placed);
}

/** The keys on this device, if they are those of this card. */
export async function keysOnDevice(store: Store, card: string | null): Promise<Unlocked | null> {
  const found = await store.get<Placed>("kept", PLACE);
  if (!found || (card !== null && knownCard(found.signed).hash !== card)) return null;
  const { sealWrapped } = found.keys;
  const seal = sealWrapped ? await unwrappedKey(sealWrapped) : found.keys.seal;
  return seal && { keys: { ...found.keys, seal }, signed: found.signed };
}

/** Locks: the keys go; sealed drafts, the outbox and the sealed copies stay for the next unlocking. */
export const lock = (store: Store): Promise<void> => store.delete("kept", PLACE);

/** Forgets at sign-out: all but what was typed and not yet sent, which only the key phrase or passkey opens again. */
export const forget = (store: Store): Promise<void> => store.clear("kept", "entries", "links");

/** Text kept on the device under the person's own device key (AES-GCM). */
export type Kept = { iv: string; ct: Bytes };

export async function keepSecret(keys: Keys, value: unknown): Promise<Kept> {
  const iv = random(12);
  const plain = utf8(JSON.stringify(value));
  return { iv: b64u(iv), ct: new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, keys.device, plain)) };
}

export async function openSecret<T>(keys: Keys, kept: Kept): Promise<T> {
  try {
    const how = { name: "AES-GCM", iv: fromB64u(kept.iv) };
    return JSON.parse(text(new Uint8Array(await crypto.subtle.decrypt(how, keys.device, kept.ct)))) as T;
  } catch (error) {
    throw new Refusal("unreadable", String(error));
  }
}
