// The vectors of either side, and the question a browser would have about one of their entries.
import { readFileSync } from "node:fs";
import { fromB64u } from "./bytes.ts";
import { type Card, cardHash } from "./card.ts";
import type { Asked, Received } from "./checks.ts";
import { readHeader } from "./header.ts";
import type { Keyring } from "./keyring.ts";

export type EntryVector = {
  roots: string[];
  cards: string[];
  header: string;
  ct: string | null;
  sig: string;
  sealed: Record<string, unknown> | null;
  prev_hash: string | null;
  hash: string;
};
export type Vectors = {
  keys: { root: string; sign_public: string; seal_recipient: string }[];
  cards: {
    root: string;
    previous_root: string | null;
    card: string;
    sig: string;
    previous_sig: string | null;
    previous_card: string | null;
    hash: string;
  }[];
  wraps: ({ age: string; root: string } & ({ kind: "phrase"; phrase: string } | { kind: "passkey"; prf: string }))[];
  padding: { length: number; padded: number }[];
  entries: EntryVector[];
  joins: { secret: string; partnership: string; card_hash: string; proof: string }[];
  codes: { cards: [string, string]; code: string }[];
  words: { entropy: string; phrase: string }[];
  keyrings: { root: string; version: number; sealed: string; keyring: Keyring }[];
  refused: { what: string; public: string; message: string; sig: string }[];
};

export const read = (side: string): Vectors =>
  JSON.parse(readFileSync(new URL(`../../../tests/vectors/${side}.json`, import.meta.url), "utf8"));

/** A card of the vectors' entries: they come without signatures of their own. */
export function bareCard(body: string): Card {
  const raw = JSON.parse(new TextDecoder().decode(fromB64u(body)));
  return { ...raw, sign: fromB64u(raw.sign), hash: cardHash(fromB64u(body)) };
}

export const receivedOf = ({ header, ct, sig }: EntryVector): Received => ({
  header: fromB64u(header),
  ct: ct === null ? null : fromB64u(ct),
  sig: fromB64u(sig),
});

export function askedOf(vector: EntryVector): Asked {
  const cards = new Map(vector.cards.map((body) => [cardHash(fromB64u(body)), bareCard(body)]));
  const members = new Set([...cards.values()].map((card) => card.person));
  return { ...readHeader(fromB64u(vector.header)), members, pinned: cards, known: cards, link: vector.hash };
}
