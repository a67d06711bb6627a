// Cards: the public half of a person's keys. A card is the exact bytes its owner made, and is known by their hash.
import { isRecipient } from "./age.ts";
import { type Bytes, b64u, equal, fromB64u, fromHex, hex, sha256, text, utf8 } from "./bytes.ts";
import { isHash, isUuid } from "./ids.ts";
import type { Keys } from "./keys.ts";
import { demand, orRefuse } from "./refusal.ts";
import { purposed, sign, verify } from "./signatures.ts";
import { parseStrictObject } from "./strict-json.ts";

export type Card = {
  hash: string;
  instance: string;
  person: string;
  generation: number;
  sign: Bytes;
  seal: string;
  previous: string | null;
};
/** As it travels in JSON: bytes in base64url. */
export type SignedCard = { card: string; sig: string; previous_sig: string | null };

const KEYS = "generation,instance,person,previous,seal,sign,v";

export const cardHash = (body: Uint8Array): string => hex(sha256(body));

export async function makeCard(
  keys: Keys,
  owner: { instance: string; person: string; previous: Card | null; previousKeys?: Keys | null },
): Promise<SignedCard> {
  const body = utf8(
    JSON.stringify({
      v: 1,
      instance: owner.instance,
      person: owner.person,
      generation: (owner.previous?.generation ?? 0) + 1,
      sign: b64u(keys.signPublic),
      seal: keys.sealRecipient,
      previous: owner.previous?.hash ?? null,
    }),
  );
  const message = purposed("card", sha256(body));
  const before = owner.previousKeys ? b64u(await sign(owner.previousKeys.sign, message)) : null;
  return { card: b64u(body), sig: b64u(await sign(keys.sign, message)), previous_sig: before };
}

/** Parses strictly and checks the card's own signature. @throws Refusal `card` */
export async function readCard(signed: Pick<SignedCard, "card" | "sig">): Promise<Card> {
  const card = knownCard(signed);
  const message = purposed("card", fromHex(card.hash));
  const sig = orRefuse("card", () => fromB64u(signed.sig));
  demand(await verify(card.sign, message, sig), "card", "not signed by itself");
  return card;
}

const known = new Map<string, Card>(); // cards are few, never change, and are asked for often

/** A card that was checked when it was accepted, and has been in this person's own keeping since. @throws Refusal `card` */
export function knownCard({ card: body }: Pick<SignedCard, "card">): Card {
  const card = known.get(body) ?? orRefuse("card", () => parseCard(fromB64u(body)));
  known.set(body, card);
  return card;
}

/** A card that comes, the card it is to replace, and the signature over it by that one. */
export type Succession = { card: Card; previous: Card; sig: string };
export type SuccessionCheck = { name: string; holds: (seen: Succession) => boolean | Promise<boolean> };

export const SUCCESSION_CHECKS: readonly SuccessionCheck[] = [
  { name: "previous", holds: ({ card, previous }) => card.previous === previous.hash },
  { name: "person", holds: ({ card, previous }) => card.person === previous.person },
  { name: "instance", holds: ({ card, previous }) => card.instance === previous.instance },
  { name: "generation", holds: ({ card, previous }) => card.generation === previous.generation + 1 },
  {
    name: "signed",
    holds: ({ card, previous, sig }) => verify(previous.sign, purposed("card", fromHex(card.hash)), fromB64u(sig)),
  },
];

/** Whether `next` was signed by the card it replaces, so that it can be accepted with a notice alone. */
export async function follows(
  next: SignedCard,
  previous: Card,
  checks: readonly SuccessionCheck[] = SUCCESSION_CHECKS,
): Promise<boolean> {
  if (next.previous_sig === null) return false;
  const seen: Succession = { card: await readCard(next), previous, sig: next.previous_sig };
  for (const { holds } of checks) if (!(await holds(seen))) return false;
  return true;
}

export function belongsTo(card: Card, keys: Pick<Keys, "signPublic" | "sealRecipient">): boolean {
  return equal(card.sign, keys.signPublic) && card.seal === keys.sealRecipient;
}

function parseCard(body: Uint8Array): Card {
  const raw = parseStrictObject(text(body));
  demand(Object.keys(raw).sort().join() === KEYS && raw.v === 1, "card");
  const { instance, person, generation, sign: signKey, seal, previous } = raw;
  demand(isUuid(instance) && isUuid(person), "card");
  demand(typeof generation === "number" && Number.isSafeInteger(generation) && generation >= 1, "card");
  demand(typeof signKey === "string" && signKey.length === 43 && isRecipient(seal), "card");
  demand(generation === 1 ? previous === null : isHash(previous), "card");
  return {
    hash: cardHash(body),
    instance,
    person,
    generation,
    sign: fromB64u(signKey),
    seal,
    previous: previous as string | null,
  };
}
