// One real entry of each kind, as the other side made it, with a bit turned on its way: a server that chains what it made of
// it gets it past no one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Bytes, fromB64u, hex } from "./bytes.ts";
import type { Asked, Received } from "./checks.ts";
import { digestsOf, linkHash } from "./entry.ts";
import { keysOf } from "./keys.ts";
import { openEntry } from "./opener.ts";
import { Refusal } from "./refusal.ts";
import { askedOf, type EntryVector, read, receivedOf } from "./vectors.cast.ts";

type Case = { honest: Received; asked: Asked; prev: string | null; seal: CryptoKey };

/** What nothing is sealed in is not opened at all. */
const sealed = read("python").entries.filter(({ ct }) => ct !== null);
const entries = new Map(await Promise.all(sealed.map(async (one) => [askedOf(one).kind, await caseOf(one)] as const)));

async function caseOf(vector: EntryVector): Promise<Case> {
  const { seal } = await keysOf(fromB64u(vector.roots[0] as string));
  return { honest: receivedOf(vector), asked: askedOf(vector), prev: vector.prev_hash, seal };
}

const turned = (bytes: Bytes, bit: number): Bytes =>
  bytes.with(bit >> 3, (bytes[bit >> 3] as number) ^ (1 << (bit & 7)));

const everyBit = (bytes: Bytes): number[] => Array.from({ length: bytes.length * 8 }, (_, bit) => bit);

/** One bit of each byte, another one from byte to byte. */
const ofEachByte = (bytes: Bytes): number[] => Array.from({ length: bytes.length }, (_, at) => at * 8 + ((at * 5) & 7));

/** The same of one byte in eight, others from kind to kind; the other side’s tests take each (test_every_kind). */
const ofSomeBytes = (bytes: Bytes, first: number): number[] =>
  ofEachByte(bytes).filter((_, at) => at % 8 === first % 8);

async function isRefused({ asked, prev, seal }: Case, received: Received): Promise<boolean> {
  const link = hex(linkHash({ ...digestsOf(received), prev, sig: received.sig }));
  try {
    await openEntry(received, { ...asked, link }, seal);
    return false;
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}

type Part = "header" | "ct" | "sig";

async function turnedIn(one: Case, part: Part, bits: number[]): Promise<void> {
  const bytes = one.honest[part] as Bytes;
  for (const bit of bits) {
    assert.ok(await isRefused(one, { ...one.honest, [part]: turned(bytes, bit) }), `${part}, bit ${bit}`);
  }
}

[...entries].forEach(([kind, one], place) => {
  test(`${kind}: a bit of any byte of its header and signature turned is refused, and of what is sealed`, async () => {
    assert.ok(!(await isRefused(one, one.honest)), "the honest one");
    for (const part of ["header", "sig"] as const) await turnedIn(one, part, ofEachByte(one.honest[part] as Bytes));
    await turnedIn(one, "ct", ofSomeBytes(one.honest.ct as Bytes, place));
  });
});

test("every bit of a commitment’s header and signature turned is refused", async () => {
  const one = entries.get("commitments.made") as Case;
  for (const part of ["header", "sig"] as const) await turnedIn(one, part, everyBit(one.honest[part] as Bytes));
});
