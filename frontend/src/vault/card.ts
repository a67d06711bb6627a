// Cards: the public half of a person's keys. A card is the exact bytes its owner made, and is known by their hash.
import { isRecipient } from "./age.ts";
import { type Bytes, b64u, equal, fromB64u, hex, sha256, text, utf8 } from "./bytes.ts";
import { isHash, isUuid } from "./ids.ts";
import { type Keys, purposed, sign, verify } from "./keys.ts";
import { demand, orRefuse } from "./refusal.ts";
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

const read = new Map<string, Card>(); // cards are few, never change, and are asked for often

/** Parses strictly and checks the card's own signature. @throws Refusal `card` */
export function readCard(signed: Pick<SignedCard, "card" | "sig">): Card {
  const key = `${signed.card}.${signed.sig}`;
  const card = read.get(key) ?? orRefuse("card", () => checkedCard(signed));
  read.set(key, card);
  return card;
}

function checkedCard(signed: Pick<SignedCard, "card" | "sig">): Card {
  const body = fromB64u(signed.card);
  const card = parseCard(body);
  demand(verify(card.sign, purposed("card", sha256(body)), fromB64u(signed.sig)), "card", "not signed by itself");
  return card;
}

/** Whether `next` was signed by the card it replaces, so that it can be accepted with a notice alone. */
export function follows(next: SignedCard, previous: Card): boolean {
  if (next.previous_sig === null) return false;
  const body = fromB64u(next.card);
  const card = readCard(next);
  if (card.previous !== previous.hash || card.person !== previous.person) return false;
  if (card.instance !== previous.instance || card.generation !== previous.generation + 1) return false;
  return verify(previous.sign, purposed("card", sha256(body)), fromB64u(next.previous_sig));
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
