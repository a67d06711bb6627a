// Making an entry: seal, commit, sign.
import { sealTo } from "./age.ts";
import { type Bytes, b64u, concat, fromHex, hmac256, random, sha256, u32, utf8 } from "./bytes.ts";
import type { Card } from "./card.ts";
import { HEADER_LIMIT, type Header, headerBytes, SEALED_LIMIT } from "./header.ts";
import type { Keys } from "./keys.ts";
import { pad, type Sealed } from "./padding.ts";
import { purposed, sign } from "./signatures.ts";

/** What a writer decides; `prev` and the keys are added when it is sealed. */
export type Draft = {
  instance: string;
  partnership: string;
  entry: string;
  kind: string;
  subject: string | null;
  data: Record<string, unknown>;
  sealed: Sealed | null;
};
export type Signed = { header: Bytes; ct: Bytes | null; sig: Bytes };
export class TooLarge extends Error {}

const NOTHING = new Uint8Array();

export async function sealEntry(
  draft: Draft,
  by: { author: Card; keys: Keys; readers: Card[]; prev: string | null },
): Promise<Signed> {
  const readers = [...by.readers].sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const k = random(32);
  const body = draft.sealed === null ? null : pad(draft.sealed);
  const header = headerBytes(headerOf(draft, by.author, readers, by.prev, body && b64u(hmac256(k, body))));
  const ct =
    body &&
    (await sealTo(
      readers.map((card) => card.seal),
      concat(u32(header.length), header, k, body),
    ));
  if (header.length > HEADER_LIMIT || (ct?.length ?? 0) > SEALED_LIMIT) throw new TooLarge();
  return { header, ct, sig: await sign(by.keys.sign, entryMessage(digestsOf({ header, ct }))) };
}

function headerOf(draft: Draft, author: Card, readers: Card[], prev: string | null, commit: string | null): Header {
  const { instance, partnership, entry, kind, subject, data } = draft;
  const to = readers.map((card) => card.hash);
  return { v: 1, instance, partnership, entry, kind, subject, author: author.hash, to, prev, data, commit };
}

/** What the signature and the link stand on: SHA-256(H) and SHA-256(ct), with ct empty where nothing is sealed. */
export type Digests = { headerHash: Bytes; ctHash: Bytes };
export const digestsOf = ({ header, ct }: Pick<Signed, "header" | "ct">): Digests => ({
  headerHash: sha256(header),
  ctHash: sha256(ct ?? NOTHING),
});

export const entryMessage = ({ headerHash, ctHash }: Digests): Bytes => purposed("entry", headerHash, ctHash);

/** The entry's place in the chain: SHA-256(`tilth/v1/link\0` ‖ prev ‖ SHA-256(H) ‖ SHA-256(ct) ‖ sig). */
export function linkHash(link: Digests & { prev: string | null; sig: Uint8Array }): Bytes {
  const prev = link.prev === null ? new Uint8Array(32) : fromHex(link.prev);
  return sha256(utf8("tilth/v1/link\0"), prev, link.headerHash, link.ctHash, link.sig);
}
