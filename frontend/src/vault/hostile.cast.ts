// The cast of the hostile tests: two people with keys, a stranger, and an honest entry to tamper with.
import { sealTo } from "./age.ts";
import { type Bytes, b64u, concat, hex, hmac256, random, u32, utf8 } from "./bytes.ts";
import { type Card, makeCard, readCard, type SignedCard } from "./card.ts";
import type { Asked, Received } from "./checks.ts";
import { digestsOf, entryMessage, linkHash } from "./entry.ts";
import { type Header, headerBytes } from "./header.ts";
import { uuid7 } from "./ids.ts";
import { type Keys, keysOf, newRoot } from "./keys.ts";
import { pad } from "./padding.ts";
import { sign } from "./signatures.ts";

export type Person = { keys: Keys; card: Card; signed: SignedCard };
export const instance = uuid7();
export const partnership = uuid7();

export async function person(id = uuid7()): Promise<Person> {
  const keys = await keysOf(newRoot());
  const signed = await makeCard(keys, { instance, person: id, previous: null });
  return { keys, signed, card: await readCard(signed) };
}

export const [mentor, mentee, stranger] = await Promise.all([person(), person(), person()]);

/** Everything a writer decides; an attack changes some of it. `signer` signs; `sealed` is what age encrypts to `readers`. */
export type Making = {
  header: Header;
  signer: Person;
  readers: Card[];
  k: Bytes;
  padded: Bytes;
  inside: Header | Bytes;
  lead: Bytes;
};

export function honest(): Making {
  const k = random(32);
  const padded = pad({ words: "Read the first chapter" });
  const to = [mentor.card.hash, mentee.card.hash].sort();
  const header: Header = {
    v: 1,
    instance,
    partnership,
    entry: uuid7(),
    kind: "commitments.made",
    subject: uuid7(),
    author: mentor.card.hash,
    to,
    prev: hex(random(32)),
    data: { due: "2026-12-04" },
    commit: b64u(hmac256(k, padded)),
  };
  return {
    header,
    signer: mentor,
    readers: [mentor.card, mentee.card],
    k,
    padded,
    inside: header,
    lead: new Uint8Array(),
  };
}

export async function make(making: Making): Promise<Received> {
  const header = headerBytes(making.header);
  const inside = making.inside instanceof Uint8Array ? making.inside : headerBytes(making.inside);
  const plain = concat(u32(inside.length), inside, making.k, making.padded);
  const ct = await sealTo(
    making.readers.map((card) => card.seal),
    plain,
  );
  return resign({ header, ct, sig: new Uint8Array(64) }, making.signer);
}

export async function resign(received: Received, signer: Person): Promise<Received> {
  const { header, ct } = received;
  return { header, ct, sig: await sign(signer.keys.sign, entryMessage(digestsOf({ header, ct }))) };
}

export function linkOf(received: Received, prev: string | null): string {
  return hex(linkHash({ ...digestsOf(received), prev, sig: received.sig }));
}

/** The honest question of the mentee's browser about an entry as it was made. */
export function question(header: Header, received: Received): Asked {
  const cards = new Map([mentor, mentee].map(({ card }) => [card.hash, card]));
  return {
    instance,
    partnership,
    entry: header.entry,
    kind: header.kind,
    author: header.author,
    subject: header.subject,
    members: new Set([mentor.card.person, mentee.card.person]),
    pinned: cards,
    known: new Map([...cards, [stranger.card.hash, stranger.card]]),
    link: linkOf(received, header.prev),
  };
}

export const note = (text: string): Bytes => utf8(text);
