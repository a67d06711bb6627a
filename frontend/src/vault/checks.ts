// What the browser checks before it shows an entry. Each check is one small function with its own reason; the opener takes
// the list, so that a test can leave out one at a time and see that the others don't cover for it.
import { stanzasOf } from "./age.ts";
import { type Bytes, b64u, equal, hex, hmac256 } from "./bytes.ts";
import type { Card } from "./card.ts";
import { type Digests, entryMessage, linkHash } from "./entry.ts";
import type { Header } from "./header.ts";
import { isPadded } from "./padding.ts";
import type { Reason } from "./refusal.ts";
import { verify } from "./signatures.ts";

export type Received = { header: Bytes; ct: Bytes | null; sig: Bytes };

/** What the page named, and what this device knows. */
export type Asked = {
  instance: string;
  partnership: string;
  entry: string;
  kind: string;
  author: string; // a card hash; or a person's id, for any card of theirs that is pinned
  subject: string | null;
  members: ReadonlySet<string>; // person ids, former members too
  pinned: ReadonlyMap<string, Card>; // card hash → card this person accepted
  known: ReadonlyMap<string, Card>; // every card the server told of, pinned or not
  link: string | null; // hash of the verified link of this entry
};

export type Outside = { received: Received; digests: Digests; header: Header; asked: Asked };
export type Inside = Outside & { inner: { header: Bytes; k: Bytes; padded: Bytes } };

export type Check<Seen> = { reason: Reason; holds: (seen: Seen) => boolean | Promise<boolean> };

const authorPinned: Check<Outside> = {
  reason: "author_unpinned",
  holds: ({ header, asked }) => asked.pinned.has(header.author),
};

const signatureFits: Check<Outside> = {
  reason: "signature",
  holds: async ({ received, digests, header, asked }) => {
    const author = asked.known.get(header.author);
    return author !== undefined && verify(author.sign, entryMessage(digests), received.sig);
  },
};

const sameAuthor: Check<Outside> = {
  reason: "other_author",
  holds: ({ header, asked }) =>
    header.author === asked.author || asked.known.get(header.author)?.person === asked.author,
};

const sameInstance: Check<Outside> = {
  reason: "other_instance",
  holds: ({ header, asked }) => header.instance === asked.instance,
};

const samePartnership: Check<Outside> = {
  reason: "other_partnership",
  holds: ({ header, asked }) => header.partnership === asked.partnership,
};

const sameEntry: Check<Outside> = {
  reason: "other_entry",
  holds: ({ header, asked }) => header.entry === asked.entry,
};

const sameKind: Check<Outside> = {
  reason: "other_kind",
  holds: ({ header, asked }) => header.kind === asked.kind,
};

const sameSubject: Check<Outside> = {
  reason: "other_subject",
  holds: ({ header, asked }) => header.subject === asked.subject,
};

/** `to`: sorted, once each, pinned, people of this partnership only, one card a person, the author among them. */
const readersAreMembers: Check<Outside> = {
  reason: "readers",
  holds: ({ header, asked }) => {
    const people = header.to.map((hash) => asked.pinned.get(hash)?.person);
    return (
      header.to.every((hash, i) => i === 0 || (header.to[i - 1] as string) < hash) &&
      people.every((person) => person !== undefined && asked.members.has(person)) &&
      new Set(people).size === people.length &&
      header.to.includes(header.author)
    );
  },
};

const inTheChain: Check<Outside> = {
  reason: "unchained",
  holds: ({ received, digests, header, asked }) =>
    asked.link === hex(linkHash({ ...digests, prev: header.prev, sig: received.sig })),
};

/** As many X25519 stanzas as readers and no other, but for the "grease" that some age libraries add. */
const sealedToReaders: Check<Outside> = {
  reason: "sealing",
  holds: ({ received, header }) => {
    if (received.ct === null) return false;
    const stanzas = stanzasOf(received.ct).filter((line) => !/^\S+-grease( |$)/.test(line));
    return stanzas.length === header.to.length && stanzas.every((line) => line.startsWith("X25519 "));
  },
};

const sameInside: Check<Inside> = {
  reason: "inner_header",
  holds: ({ received, inner }) => equal(inner.header, received.header),
};

const commitmentFits: Check<Inside> = {
  reason: "commitment",
  holds: ({ header, inner }) => header.commit === b64u(hmac256(inner.k, inner.padded)),
};

const paddingFits: Check<Inside> = {
  reason: "padding",
  holds: ({ inner }) => isPadded(inner.padded),
};

export const OUTSIDE: readonly Check<Outside>[] = [
  authorPinned,
  sameAuthor,
  sameInstance,
  samePartnership,
  sameEntry,
  sameKind,
  sameSubject,
  readersAreMembers,
  inTheChain,
  sealedToReaders,
  signatureFits,
];
export const INSIDE: readonly Check<Inside>[] = [sameInside, commitmentFits, paddingFits];
