// The keyring: a person's own note of whose cards they accepted, which they compared, with whom they share each partnership,
// the secrets of their open invitations, and the newest head they saw in each partnership. Sealed to oneself and signed by oneself: the server, which knows the
// seal key's public half, could seal one of its own making, but not sign it.
import { openWith, sealTo } from "./age.ts";
import { type Bytes, concat, sha256, text, utf8 } from "./bytes.ts";
import { type Card, knownCard, type SignedCard } from "./card.ts";
import type { Head } from "./chain.ts";
import type { Keys } from "./keys.ts";
import { demand, orRefuse, orRefuseLater } from "./refusal.ts";
import { purposed, sign, verify } from "./signatures.ts";
import { parseStrictObject } from "./strict-json.ts";

/** One accepted card; `seen` is false as long as the person was not told that it replaced another. */
export type Pin = { signed: SignedCard; verified: boolean; seen: boolean };
/** With whom a partnership is shared, for good; `verified` where the two compared codes there, or met there by a link. */
export type Partner = { person: string; verified: boolean };
export type Seat = { partnership: string; person: string };
export type Keyring = {
  v: 1;
  version: number;
  pins: Record<string, Pin[]>; // person → their cards, oldest first; the last is the present one
  partners: Record<string, Partner>; // partnership → the other one there
  secrets: Record<string, string>; // invitation → secret, base64url
  heads: Record<string, Head>; // partnership → newest head seen
};
export type SealedKeyring = { version: number; sealed: Bytes };

export const emptyKeyring = (): Keyring => ({ v: 1, version: 0, pins: {}, partners: {}, secrets: {}, heads: {} });

export async function sealKeyring(keyring: Keyring, keys: Keys): Promise<Bytes> {
  const json = utf8(JSON.stringify(keyring));
  const signature = await sign(keys.sign, purposed("keyring", sha256(json)));
  return sealTo([keys.sealRecipient], concat(signature, json));
}

/** @throws Refusal `keyring` */
export async function openKeyring(found: SealedKeyring, keys: Keys): Promise<Keyring> {
  const plain = await orRefuseLater("keyring", () => openWith(keys.seal, found.sealed));
  const [signature, json] = [plain.slice(0, 64), plain.slice(64)];
  demand(
    await verify(keys.signPublic, purposed("keyring", sha256(json)), signature),
    "keyring",
    "not signed by its owner",
  );
  const keyring = orRefuse("keyring", () => parseStrictObject(text(json))) as unknown as Keyring;
  demand(keyring.v === 1 && keyring.version === found.version, "keyring", "another version");
  return { ...emptyKeyring(), ...keyring };
}

export const pinsOf = (keyring: Keyring, person: string): Pin[] => keyring.pins[person] ?? [];
export const currentPin = (keyring: Keyring, person: string): Pin | undefined => pinsOf(keyring, person).at(-1);

/** Every accepted card by its hash. */
export function pinnedCards(keyring: Keyring): Map<string, Card> {
  const cards = Object.values(keyring.pins).flatMap((pins) => pins.map((pin) => knownCard(pin.signed)));
  return new Map(cards.map((card) => [card.hash, card]));
}

export function addPin(keyring: Keyring, person: string, pin: Pin): void {
  const hash = knownCard(pin.signed).hash;
  const others = pinsOf(keyring, person).filter((known) => knownCard(known.signed).hash !== hash);
  keyring.pins[person] = [...others, pin];
}

/** A partnership is of two, and stays that of the same two. @throws Refusal `members` */
export function notePartner(keyring: Keyring, { partnership, person }: Seat): void {
  const known = keyring.partners[partnership];
  demand(!known || known.person === person, "members");
  keyring.partners[partnership] ??= { person, verified: false };
}

/** Whether the person made sure, in this very partnership, of the card that is pinned: names are the server's word. */
export function isVerified(keyring: Keyring, { partnership, person }: Seat): boolean {
  const known = keyring.partners[partnership];
  return known?.person === person && known.verified && currentPin(keyring, person)?.verified === true;
}

export function noteVerified(keyring: Keyring, { partnership, person }: Seat, verified: boolean): void {
  const pin = currentPin(keyring, person);
  if (pin) pin.verified = verified;
  keyring.partners[partnership] = { person, verified };
}

export function noteHead(keyring: Keyring, partnership: string, head: Head): void {
  if (head.seq > (keyring.heads[partnership]?.seq ?? 0)) keyring.heads[partnership] = head;
}
