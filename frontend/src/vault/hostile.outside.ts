// Attacks on what is around an entry: who signed it, where it belongs, who reads it, whether it is in the chain.

import { random } from "./bytes.ts";
import { type Attack, both, flipped, made, tampered, unreduced } from "./hostile.attack.ts";
import { honest, linkOf, make, mentee, mentor, person, question, stranger } from "./hostile.cast.ts";
import { uuid7 } from "./ids.ts";

export const OUTSIDE_ATTACKS: Attack[] = [
  {
    what: "signed by a stranger in the author's name",
    refusedBy: "signature",
    bring: () => made((making) => (making.signer = stranger)),
  },
  {
    what: "signed by the partner in the author's name",
    refusedBy: "signature",
    bring: () => made((making) => (making.signer = mentee)),
  },
  {
    what: "one bit of the signature turned",
    refusedBy: "signature",
    bring: () => tampered((received) => ({ ...received, sig: flipped(received.sig, 5) })),
  },
  {
    what: "a signature that is not reduced",
    refusedBy: "signature",
    bring: () => tampered((received) => ({ ...received, sig: unreduced(received.sig) })),
  },
  {
    what: "no signature",
    refusedBy: "signature",
    bring: () => tampered((received) => ({ ...received, sig: new Uint8Array() })),
  },
  {
    what: "the signature of another entry",
    refusedBy: "signature",
    bring: () => tampered(async (received) => ({ ...received, sig: (await make(honest())).sig })),
  },
  {
    what: "a card that nobody pinned",
    refusedBy: "author_unpinned",
    alsoBy: ["readers"],
    bring: () =>
      made((making) => {
        making.signer = stranger;
        both(making, { author: stranger.card.hash, to: [stranger.card.hash, mentee.card.hash].sort() });
        making.readers = [stranger.card, mentee.card];
      }),
  },
  {
    what: "a new card of the author that nobody pinned",
    refusedBy: "author_unpinned",
    bring: () =>
      made(
        () => {},
        (asked) => (asked.pinned = new Map([...asked.pinned].filter(([hash]) => hash !== mentor.card.hash))),
      ),
    alsoBy: ["readers"],
  },
  {
    what: "the partner's words shown as the author's",
    refusedBy: "other_author",
    bring: () =>
      made(
        () => {},
        (asked) => (asked.author = mentee.card.hash),
      ),
  },
  {
    what: "the partner's words shown as the author's, named by person",
    refusedBy: "other_author",
    bring: () =>
      made(
        () => {},
        (asked) => (asked.author = mentee.card.person),
      ),
  },
  {
    what: "made for another Tilth",
    refusedBy: "other_instance",
    bring: () => made((making) => both(making, { instance: uuid7() })),
  },
  {
    what: "from another partnership of the two",
    refusedBy: "other_partnership",
    bring: () => made((making) => both(making, { partnership: uuid7() })),
  },
  {
    what: "an older entry replayed under another id",
    refusedBy: "other_entry",
    bring: () =>
      made(
        () => {},
        (asked) => (asked.entry = uuid7()),
      ),
  },
  {
    what: "a commitment shown as a message",
    refusedBy: "other_kind",
    bring: () =>
      made(
        () => {},
        (asked) => (asked.kind = "messages.sent"),
      ),
  },
  {
    what: "an answer moved under another question",
    refusedBy: "other_subject",
    bring: () =>
      made(
        () => {},
        (asked) => (asked.subject = uuid7()),
      ),
  },
  {
    what: "an entry about something shown as about nothing",
    refusedBy: "other_subject",
    bring: () =>
      made(
        () => {},
        (asked) => (asked.subject = null),
      ),
  },
  {
    what: "sealed to a third person too",
    refusedBy: "readers",
    bring: () =>
      made((making) => {
        both(making, { to: [mentor, mentee, stranger].map(({ card }) => card.hash).sort() });
        making.readers.push(stranger.card);
      }),
  },
  {
    what: "sealed to a pinned person of another partnership",
    refusedBy: "readers",
    bring: () =>
      made(
        (making) => {
          both(making, { to: [mentor, mentee, stranger].map(({ card }) => card.hash).sort() });
          making.readers.push(stranger.card);
        },
        (asked) => (asked.pinned = asked.known),
      ),
  },
  {
    what: "readers out of order",
    refusedBy: "readers",
    bring: () => made((making) => both(making, { to: [...making.header.to].reverse() })),
  },
  {
    what: "one reader named twice",
    refusedBy: "readers",
    bring: () =>
      made((making) => {
        both(making, { to: [...making.header.to, making.header.to[1] as string] });
        making.readers.push(mentee.card);
      }),
  },
  {
    what: "two cards of one person",
    refusedBy: "readers",
    bring: async () => {
      const before = await person(mentor.card.person);
      return made(
        (making) => {
          both(making, { to: [mentor, mentee, before].map(({ card }) => card.hash).sort() });
          making.readers.push(before.card);
        },
        (asked) => (asked.pinned = new Map([...asked.pinned, [before.card.hash, before.card]])),
      );
    },
  },
  {
    what: "an author who keeps no copy",
    refusedBy: "readers",
    bring: () =>
      made((making) => {
        both(making, { to: [mentee.card.hash] });
        making.readers = [mentee.card];
      }),
  },
  {
    what: "rightly signed, never chained (signed again after a newer head)",
    refusedBy: "unchained",
    bring: async () => {
      const making = honest();
      const [shown, chained] = [await make(making), await make({ ...making, k: random(32) })];
      return { received: shown, asked: question(making.header, chained) };
    },
  },
  {
    what: "unknown to the chain",
    refusedBy: "unchained",
    bring: () =>
      made(
        () => {},
        (asked) => (asked.link = null),
      ),
  },
  {
    what: "chained behind another entry than it says",
    refusedBy: "unchained",
    bring: async () => {
      const making = honest();
      const received = await make(making);
      return { received, asked: { ...question(making.header, received), link: linkOf(received, "0".repeat(64)) } };
    },
  },
];
