// A server that forks, reorders, repeats, rolls back or hides: the chain's checks notice, and each is needed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, hex, random } from "./bytes.ts";
import { follow, HEAD_CHECKS, type Head, type Heads, insistOnHead, LINK_CHECKS, type Link, START } from "./chain.ts";
import { linkHash } from "./entry.ts";
import { uuid7 } from "./ids.ts";
import { Refusal } from "./refusal.ts";

function next(before: Head, entry = uuid7()): Link {
  const [headerHash, ctHash, sig] = [random(32), random(32), random(64)];
  const hash = hex(linkHash({ prev: before.hash || null, headerHash, ctHash, sig }));
  return { seq: before.seq + 1, entry, header_hash: hex(headerHash), ct_hash: hex(ctHash), sig: b64u(sig), hash };
}

function history(length: number, before: Head = START): Link[] {
  const links: Link[] = [];
  for (let i = 0; i < length; i++) links.push(next(links.at(-1) ?? before));
  return links;
}

const headOf = (links: Link[]): Head => links.at(-1) ?? START;
type Told = { links: Link[]; before: Head; seen?: Set<string>; remembered?: Head | null };

const LIES: Record<string, () => Told> = {
  order: () => {
    const [first, , third] = history(3) as [Link, Link, Link];
    const rehung = { ...next(headOf([first])), seq: third.seq };
    return { links: [first, rehung], before: START };
  },
  hash: () => {
    const links = history(2);
    return { links: [links[0] as Link, { ...(links[1] as Link), ct_hash: hex(random(32)) }], before: START };
  },
  once: () => {
    const links = history(2);
    return {
      links: [next(headOf(links), links[0]?.entry)],
      before: headOf(links),
      seen: new Set(links.map((l) => l.entry)),
    };
  },
  remembered: () => ({ links: history(3), before: START, remembered: { seq: 2, hash: hex(random(32)) } }),
};

const followed = ({ links, before, seen = new Set(), remembered = null }: Told, checks = LINK_CHECKS) =>
  follow(links, { before, seen, remembered }, checks);

test("an honest chain is followed from its start, and on from where one was", () => {
  const links = history(5);
  assert.equal(followed({ links, before: START }).at(-1)?.hash, headOf(links).hash);
  assert.equal(followed({ links: links.slice(3), before: links[2] as Head }).length, 2);
});

for (const { name } of LINK_CHECKS) {
  test(`a chain that fails “${name}” is refused, and would pass without that check`, () => {
    const lie = LIES[name]?.() as Told;
    assert.throws(
      () => followed(lie),
      (error) => error instanceof Refusal && error.message === name,
    );
    followed(
      lie,
      LINK_CHECKS.filter((check) => check.name !== name),
    );
  });
}

test("another history after the known head does not link", () => {
  const known = history(3);
  const other = history(4);
  assert.throws(() => followed({ links: other.slice(3), before: headOf(known) }), Refusal);
});

const one = { seq: 4, hash: "a" };
const HEADS: Record<string, Heads> = {
  "not back": { reached: one, told: one, remembered: { seq: 5, hash: "b" } },
  "not short": { reached: one, told: { seq: 9, hash: "z" }, remembered: null },
  same: { reached: one, told: { seq: 4, hash: "other" }, remembered: null },
};

for (const { name, reason } of HEAD_CHECKS) {
  test(`a head that is “${name}” in the wrong is refused, and would pass without that check`, () => {
    const lie = HEADS[name] as Heads;
    assert.throws(
      () => insistOnHead(lie),
      (error) => error instanceof Refusal && error.reason === reason,
    );
    insistOnHead(
      lie,
      HEAD_CHECKS.filter((check) => check.name !== name),
    );
  });
}

test("an honest head is taken", () => {
  insistOnHead({ reached: one, told: one, remembered: one });
  insistOnHead({ reached: START, told: START, remembered: null });
});

test("an entry that comes twice in one run is refused", () => {
  const [first] = history(1) as [Link];
  assert.throws(() => followed({ links: [first, next(first, first.entry)], before: START }), /once/);
});
