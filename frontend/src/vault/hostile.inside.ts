// Attacks on what is inside an entry: the age file, the header within, the commitment, the padding, the body; and on the parser.

import { type Bytes, concat, random, u32 } from "./bytes.ts";
import { headerBytes } from "./header.ts";
import { type Attack, both, flipped, made, padText, plus, recommit, reheaded, tampered } from "./hostile.attack.ts";
import { honest, make, mentee, mentor, note, resign, stranger } from "./hostile.cast.ts";
import { pad } from "./padding.ts";

export const INSIDE_ATTACKS: Attack[] = [
  {
    what: "a reader more in the age file than in the header",
    refusedBy: "sealing",
    bring: () => made((making) => making.readers.push(stranger.card)),
  },
  {
    what: "a reader less in the age file than in the header",
    refusedBy: "sealing",
    bring: () => made((making) => (making.readers = [mentee.card])),
  },
  {
    what: "an unknown stanza added to the age file",
    refusedBy: "sealing",
    atTheGate: true,
    bring: () =>
      tampered((received) => resign({ ...received, ct: plus(received.ct as Bytes, "escrow AAAA\nAAAA") }, mentor)),
  },
  {
    what: "sealed with a pass phrase",
    refusedBy: "sealing",
    atTheGate: true,
    bring: () =>
      tampered(async (received) => {
        const { sealToPhrase } = await import("./age.ts");
        return resign({ ...received, ct: await sealToPhrase("known to the server", note("x")) }, mentor);
      }),
  },
  {
    what: "the ciphertext of another entry, signature kept",
    refusedBy: "signature",
    alsoBy: ["inner_header", "commitment"],
    bring: () => tampered(async (received) => ({ ...received, ct: (await make(honest())).ct })),
  },
  {
    what: "the ciphertext of another entry, signed by the author",
    refusedBy: "inner_header",
    alsoBy: ["commitment"],
    bring: () => tampered(async (received) => resign({ ...received, ct: (await make(honest())).ct }, mentor)),
  },
  {
    what: "another header inside than outside",
    refusedBy: "inner_header",
    bring: () => made((making) => (making.inside = { ...making.header, data: { due: "2027-01-01" } })),
  },
  {
    what: "the same header inside, spelt differently",
    refusedBy: "inner_header",
    bring: () => made((making) => (making.inside = concat(note(" "), headerBytes(making.header)))),
  },
  {
    what: "other words than committed to",
    refusedBy: "commitment",
    bring: () => made((making) => (making.padded = pad({ words: "Other words" }))),
  },
  { what: "another commitment key", refusedBy: "commitment", bring: () => made((making) => (making.k = random(32))) },
  {
    what: "sealed though it says that nothing is",
    refusedBy: "commitment",
    bring: () => made((making) => both(making, { commit: null })),
  },
  {
    what: "something hidden in the padding",
    refusedBy: "padding",
    bring: () =>
      made((making) =>
        recommit(
          making,
          making.padded.map((byte, i) => (i === making.padded.length - 1 ? 7 : byte)),
        ),
      ),
  },
  {
    what: "padded further than Padmé",
    refusedBy: "padding",
    bring: () => made((making) => recommit(making, concat(making.padded, new Uint8Array(8)))),
  },
  {
    what: "a length that reaches beyond the body",
    refusedBy: "padding",
    alsoBy: ["body"],
    atTheGate: true,
    bring: () => made((making) => recommit(making, concat(u32(5000), making.padded.slice(4)))),
  },
  {
    what: "a body that is a list",
    refusedBy: "body",
    atTheGate: true,
    bring: () => made((making) => recommit(making, pad(["words"] as unknown as Record<string, unknown>))),
  },
  {
    what: "a body with one key twice",
    refusedBy: "body",
    atTheGate: true,
    bring: () => made((making) => recommit(making, padText('{"words":"one","words":"two"}'))),
  },
  {
    what: "the ciphertext cut short",
    refusedBy: "signature",
    atTheGate: true,
    bring: () => tampered((r) => ({ ...r, ct: (r.ct as Bytes).slice(0, -20) })),
  },
  {
    what: "the ciphertext cut short, signed by the author",
    refusedBy: "unreadable",
    atTheGate: true,
    bring: () => tampered((r) => resign({ ...r, ct: (r.ct as Bytes).slice(0, -20) }, mentor)),
  },
  {
    what: "one bit of the ciphertext turned",
    refusedBy: "unreadable",
    atTheGate: true,
    bring: () => tampered((r) => resign({ ...r, ct: flipped(r.ct as Bytes, (r.ct as Bytes).length - 3) }, mentor)),
  },
  {
    what: "no ciphertext",
    refusedBy: "sealing",
    atTheGate: true,
    bring: () => tampered((r) => resign({ ...r, ct: null }, mentor)),
  },
  {
    what: "sealed to other keys than it says",
    refusedBy: "unreadable",
    atTheGate: true,
    bring: () => made((making) => (making.readers = [mentor.card, stranger.card])),
  },
  {
    what: "a header with one key twice",
    refusedBy: "malformed",
    atTheGate: true,
    bring: () => reheaded((text) => text.replace('"v":1,', `"v":1,"kind":"messages.sent",`)),
  },
  {
    what: "a header with a key more",
    refusedBy: "malformed",
    atTheGate: true,
    bring: () => reheaded((text) => text.replace("{", '{"also":1,')),
  },
  {
    what: "a header of another version",
    refusedBy: "malformed",
    atTheGate: true,
    bring: () => reheaded((text) => text.replace('"v":1', '"v":2')),
  },
  {
    what: "a header with something behind it",
    refusedBy: "malformed",
    atTheGate: true,
    bring: () => reheaded((text) => `${text} `),
  },
  {
    what: "a header beyond its limit",
    refusedBy: "malformed",
    atTheGate: true,
    bring: () => made((making) => both(making, { data: { long: "x".repeat(9000) } })),
  },
  {
    what: "a header that is no UTF-8",
    refusedBy: "malformed",
    atTheGate: true,
    bring: () => tampered((r) => resign({ ...r, header: r.header.map((byte, i) => (i === 3 ? 0xff : byte)) }, mentor)),
  },
];
