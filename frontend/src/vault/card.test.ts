// Cards that a server would have taken for the next of somebody's: none follows, and each check is needed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, fromB64u, text, utf8 } from "./bytes.ts";
import { belongsTo, type Card, follows, makeCard, readCard, type SignedCard, SUCCESSION_CHECKS } from "./card.ts";
import { uuid7 } from "./ids.ts";
import { type Keys, keysOf, newRoot } from "./keys.ts";
import { Refusal } from "./refusal.ts";

const isNoCard = (error: unknown) => error instanceof Refusal && error.reason === "card";
const owner = { instance: uuid7(), person: uuid7() };
const [old, next, strange] = await Promise.all([newRoot(), newRoot(), newRoot()].map(keysOf));
const first = await readCard(await makeCard(old as Keys, { ...owner, previous: null }));

type Making = { instance: string; person: string; previous: Card; previousKeys: Keys | null };

/** The next card after `first`, honest but for what is changed. */
const succeeding = (change: Partial<Making> = {}): Promise<SignedCard> =>
  makeCard(next as Keys, { ...owner, previous: first, previousKeys: old as Keys, ...change });

const LIES: Record<string, () => Promise<SignedCard>> = {
  previous: () => succeeding({ previous: { ...first, hash: "ab".repeat(32) } }),
  person: () => succeeding({ person: uuid7() }),
  instance: () => succeeding({ instance: uuid7() }),
  generation: () => succeeding({ previous: { ...first, generation: 4 } }),
  signed: () => succeeding({ previousKeys: strange as Keys }),
};

test("a card that the one before signed follows it", async () => {
  assert.ok(await follows(await succeeding(), first));
  assert.equal(await follows(await succeeding({ previousKeys: null }), first), false);
});

for (const check of SUCCESSION_CHECKS) {
  test(`a card of another “${check.name}” does not follow, and would without that check`, async () => {
    const lie = await LIES[check.name]?.();
    assert.ok(lie, "no lie names it");
    assert.equal(await follows(lie, first), false);
    assert.ok(
      await follows(
        lie,
        first,
        SUCCESSION_CHECKS.filter((one) => one !== check),
      ),
    );
  });
}

const ODD: [string, unknown][] = [
  ["also", 1],
  ["v", 2],
  ["instance", "here"],
  ["person", "Ben"],
  ["generation", 0],
  ["generation", 1.5],
  ["generation", "2"],
  ["generation", 1],
  ["sign", ""],
  ["sign", 5],
  ["seal", "age1"],
  ["previous", null],
  ["previous", "ab"],
];

for (const [name, value] of ODD) {
  test(`a card whose “${name}” is ${JSON.stringify(value)} is none, whoever signed it`, async () => {
    const raw = JSON.parse(text(fromB64u((await succeeding()).card)));
    const card = b64u(utf8(JSON.stringify({ ...raw, [name]: value })));
    await assert.rejects(
      readCard({ card, sig: "" }),
      (error) => error instanceof Refusal && error.reason === "card" && error.message === "card",
    );
  });
}

test("a card that its own keys did not sign does not follow, whatever the one before signed", async () => {
  const [signed, other] = [await succeeding(), await succeeding({ person: uuid7() })];
  await assert.rejects(follows({ ...signed, sig: other.sig }, first), isNoCard);
});

test("a card belongs to keys in both its halves", () => {
  const [{ signPublic, sealRecipient }, others] = [old as Keys, strange as Keys];
  assert.ok(belongsTo(first, { signPublic, sealRecipient }));
  assert.ok(!belongsTo(first, { signPublic, sealRecipient: others.sealRecipient }));
  assert.ok(!belongsTo(first, { signPublic: others.signPublic, sealRecipient }));
});
