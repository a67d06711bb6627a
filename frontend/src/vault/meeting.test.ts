// Meeting each other's keys: pinning, verifying, new cards, and a server that swaps them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u } from "./bytes.ts";
import { knownCard, makeCard, readCard } from "./card.ts";
import { meet } from "./circle.ts";
import { uuid7 } from "./ids.ts";
import { fragment, joinProof, newSecret, proofFits, readFragment, safetyCode } from "./invitation.ts";
import { currentPin, emptyKeyring, openKeyring, type Pin, sealKeyring } from "./keyring.ts";
import { keysOf, newRoot } from "./keys.ts";
import { OwnKeyring } from "./own-keyring.ts";
import { asked, compare, instance, letter, opened, pair, reloaded } from "./people.cast.ts";
import { Refusal } from "./refusal.ts";

const refusedFor = (reason: string) => (error: unknown) => error instanceof Refusal && error.reason === reason;

/** Ben's next card: signed by the old keys, or not. */
async function newCardOfBen(both: Awaited<ReturnType<typeof pair>>, signedByOld: boolean) {
  const { server, ben, theirs } = both;
  const keys = await keysOf(newRoot());
  const previous = knownCard(theirs.open.unlocked.signed);
  const previousKeys = signedByOld ? theirs.open.unlocked.keys : null;
  const signed = await makeCard(keys, { instance, person: ben.id, previous, previousKeys });
  for (const one of server.cards) if (one.person === ben.id) one.current = false;
  server.cards.push({ ...signed, person: ben.id, current: true });
  return { keys, signed };
}

test("a first meeting pins, unverified; comparing verifies", async () => {
  const { mine, ben } = await pair();
  assert.equal((await mine.open.circle.standing()).trust, "unverified");
  await compare(mine.open, ben);
  assert.equal((await mine.open.circle.standing()).trust, "verified");
});

test("whose keys were verified stays so after leaving, and nothing new is sealed to them", async () => {
  const { amara, ben, mine, place } = await pair();
  await mine.open.circle.standing();
  await compare(mine.open, ben);
  const members = place.members.map((member) => ({ ...member, left: !member.you }));
  const later = await reloaded(amara, mine.vault, { ...place, members });
  assert.equal((await later.open.circle.standing()).trust, "verified");
  assert.equal((await later.open.circle.readers()).length, 1);
});

test("the pin reaches the person's other devices, sealed", async () => {
  const { amara, ben, mine, place } = await pair();
  await mine.open.circle.standing();
  await compare(mine.open, ben);
  const unlocked = opened(await amara.unlockedDevice(place));
  assert.equal((await unlocked.open.circle.standing()).trust, "verified");
});

test("two devices that change the keyring at once keep both changes", async () => {
  const { amara, mine } = await pair();
  const other = opened(await amara.unlockedDevice());
  await Promise.all([other.open.keyring.read(), mine.open.keyring.read()]);
  await mine.open.keyring.change((keyring) => {
    keyring.secrets.one = "AA";
  });
  const after = await other.open.keyring.change((keyring) => {
    keyring.secrets.two = "BB";
  });
  assert.deepEqual(after.secrets, { one: "AA", two: "BB" });
});

test("a card signed by the pinned one is taken with a notice, and stays verified", async () => {
  const both = await pair();
  const { amara, ben, mine } = both;
  await mine.open.circle.standing();
  await compare(mine.open, ben);
  await newCardOfBen(both, true);
  const later = await reloaded(amara, mine.vault, amara.placed(both.place.id, [amara, ben]));
  const standing = await later.open.circle.standing();
  assert.deepEqual([standing.trust, standing.renewed.length], ["verified", 1]);
  await later.open.circle.markSeen(ben.id);
  assert.equal((await later.open.circle.standing()).renewed.length, 0);
});

test("a swapped card is not sealed to, nor read from, until accepted; then it is unverified", async () => {
  const both = await pair();
  const { amara, ben, mine, place } = both;
  const sent = await both.theirs.open.writer.write(letter(both.theirs, "old words"));
  await mine.open.circle.standing();
  await compare(mine.open, ben);
  const old = ben.card;
  const { keys, signed } = await newCardOfBen(both, false);
  const now = amara.placed(place.id, [amara, ben]);
  const later = await reloaded(amara, mine.vault, now);
  assert.equal((await later.open.circle.standing()).trust, "changed");
  await assert.rejects(later.open.writer.write(letter(later, "to whom?")), refusedFor("card_changed"));
  assert.ok(!(await later.open.circle.pinned()).has(knownCard(signed).hash));
  await later.open.circle.accept(ben.id);
  assert.equal((await later.open.circle.standing()).trust, "unverified");
  assert.equal((await later.open.circle.readers()).find(({ person }) => person === ben.id)?.seal, keys.sealRecipient);
  assert.equal(
    (await later.open.reader.open(asked(sent.entry, old))).state,
    "open",
    "what was written before still opens",
  );
});

test("after lost keys the code is that of the new card on both sides, and a match accepts it, verified", async () => {
  const both = await pair();
  const { amara, ben, mine, place } = both;
  await mine.open.circle.standing();
  const { signed } = await newCardOfBen(both, false);
  const { open } = await reloaded(amara, mine.vault, amara.placed(place.id, [amara, ben]));
  const shown = await open.circle.shown(ben.id);
  assert.equal(shown?.hash, knownCard(signed).hash);
  await open.circle.compared(ben.id, shown as NonNullable<typeof shown>, false);
  assert.equal((await open.circle.standing()).trust, "changed");
  await open.circle.compared(ben.id, shown as NonNullable<typeof shown>, true);
  assert.equal((await open.circle.standing()).trust, "verified");
});

test("a card of another person or another Tilth is refused", async () => {
  const owner = { instance: uuid7(), person: uuid7(), previous: null };
  const signed = await makeCard(await keysOf(newRoot()), owner);
  const offered = [{ ...signed, person: owner.person, current: true }];
  assert.equal(await meet(emptyKeyring(), offered, owner), "first");
  await assert.rejects(meet(emptyKeyring(), offered, { ...owner, instance: uuid7() }), refusedFor("card"));
  const another = uuid7();
  const lie = [{ ...signed, person: another, current: true }];
  await assert.rejects(meet(emptyKeyring(), lie, { ...owner, person: another }), refusedFor("card"));
});

test("a card whose own signature does not fit is refused", async () => {
  const owner = { instance: uuid7(), person: uuid7(), previous: null };
  const [signed, other] = [
    await makeCard(await keysOf(newRoot()), owner),
    await makeCard(await keysOf(newRoot()), owner),
  ];
  await assert.rejects(readCard({ card: signed.card, sig: other.sig }), refusedFor("card"));
});

test("a first meeting takes the cards that the present one names as its past, and no others", async () => {
  const both = await pair();
  const { server, ben } = both;
  await newCardOfBen(both, false);
  const stray = await makeCard(await keysOf(newRoot()), { instance, person: ben.id, previous: null });
  const offered = [...server.cards, { ...stray, person: ben.id, current: false }];
  const keyring = emptyKeyring();
  assert.equal(await meet(keyring, offered, { instance, person: ben.id }), "first");
  assert.equal(keyring.pins[ben.id]?.length, 2);
  assert.equal(knownCard((currentPin(keyring, ben.id) as Pin).signed).hash, ben.card);
});

test("a keyring that the server made itself is refused", async () => {
  const [owner, server] = [await keysOf(newRoot()), await keysOf(newRoot())];
  const forged = await sealKeyring(
    { ...emptyKeyring(), version: 1 },
    { ...server, sealRecipient: owner.sealRecipient },
  );
  await assert.rejects(openKeyring({ version: 1, sealed: forged }, owner), refusedFor("keyring"));
});

test("an older keyring under a newer number is refused", async () => {
  const owner = await keysOf(newRoot());
  const sealed = await sealKeyring({ ...emptyKeyring(), version: 1 }, owner);
  await assert.rejects(openKeyring({ version: 2, sealed }, owner), refusedFor("keyring"));
});

test("a server that answers a change with an older keyring takes nothing back", async () => {
  const { server, amara, ben, mine } = await pair();
  await mine.open.circle.standing();
  const old = server.keyrings.get(amara.id);
  assert.ok(old);
  await compare(mine.open, ben);
  server.keyrings.set(amara.id, old);
  const after = await mine.open.keyring.change((keyring) => {
    keyring.secrets.some = "AA";
  });
  assert.deepEqual([currentPin(after, ben.id)?.verified, after.secrets], [true, { some: "AA" }]);
  assert.equal((await mine.open.circle.standing()).trust, "verified");
  const elsewhere = opened(await amara.unlockedDevice());
  assert.deepEqual((await elsewhere.open.keyring.read()).secrets, { some: "AA" });
});

test("a server that hands out an older keyring is noticed by the device that saw a newer one", async () => {
  const { server, amara, mine } = await pair();
  await mine.open.circle.standing();
  const old = server.keyrings.get(amara.id);
  assert.ok(old);
  const kept = { ...old };
  await mine.open.keyring.change((keyring) => {
    keyring.secrets.some = "AA";
  });
  server.keyrings.set(amara.id, kept);
  const { line, store } = mine.vault;
  const told = (version: number) => new OwnKeyring(line, store, mine.open.unlocked, version).read();
  await assert.rejects(told(99), refusedFor("keyring"));
  assert.deepEqual((await told(1)).secrets, { some: "AA" });
});

test("a server that says there is no keyring is believed nothing: it has one for whoever has a card", async () => {
  const { server, amara, ben, place, mine } = await pair();
  await compare(mine.open, ben);
  server.keyrings.delete(amara.id);
  const elsewhere = opened(await amara.unlockedDevice(place));
  await assert.rejects(elsewhere.open.circle.standing(), refusedFor("keyring"));
  await assert.rejects(elsewhere.open.writer.write(letter(elsewhere, "Only for Ben")), refusedFor("keyring"));
  assert.deepEqual([server.rows(place.id), server.keyrings.has(amara.id)], [[], false]);
  assert.equal((await mine.open.circle.standing()).trust, "verified");
});

test("the joiner's proof fits its secret, partnership and card, and nothing else", () => {
  const [secret, partnership, card] = [newSecret(), uuid7(), "ab".repeat(32)];
  const proof = b64u(joinProof(secret, partnership, card));
  assert.ok(proofFits(proof, secret, { partnership, card }));
  assert.ok(!proofFits(proof, newSecret(), { partnership, card }));
  assert.ok(!proofFits(proof, secret, { partnership: uuid7(), card }));
  assert.ok(!proofFits(proof, secret, { partnership, card: "cd".repeat(32) }));
  assert.ok(!proofFits("?", secret, { partnership, card }));
});

test("an invitation's fragment is read back, and a damaged one is none", () => {
  const vouching = { secret: newSecret(), card: "ab".repeat(32) };
  assert.deepEqual(readFragment(`#${fragment(vouching)}`), vouching);
  for (const damaged of [
    "",
    "#",
    `#${fragment(vouching)}x`,
    `#${fragment(vouching).replace(".", "")}`,
    "#short.abcd",
  ]) {
    assert.equal(readFragment(damaged), null, damaged);
  }
});

test("the code is the same for both, and another for other cards", () => {
  const [a, b, c] = ["11".repeat(32), "22".repeat(32), "33".repeat(32)] as const;
  assert.deepEqual(safetyCode(a, b), safetyCode(b, a));
  assert.notDeepEqual(safetyCode(a, b), safetyCode(a, c));
  assert.ok(safetyCode(a, b).every((group) => /^\d{5}$/.test(group)));
});

test("where nobody compared, a card that the pinned one signed is not verified either", async () => {
  const both = await pair();
  const { server, ben, mine } = both;
  await mine.open.circle.standing();
  await newCardOfBen(both, true);
  const keyring = structuredClone(await mine.open.keyring.read());
  assert.equal(currentPin(keyring, ben.id)?.verified, false, "as pinned at the first meeting");
  assert.equal(await meet(keyring, server.cards, { instance, person: ben.id }), "renewed");
  assert.equal(currentPin(keyring, ben.id)?.verified, false);
});

test("a code that was read of an older card verifies nothing", async () => {
  const both = await pair();
  const { amara, ben, mine, place } = both;
  const old = await mine.open.circle.shown(ben.id);
  await newCardOfBen(both, true);
  const later = await reloaded(amara, mine.vault, amara.placed(place.id, [amara, ben]));
  await later.open.circle.standing();
  await later.open.circle.compared(ben.id, old as NonNullable<typeof old>, true);
  assert.equal((await later.open.circle.standing()).trust, "unverified");
});

test("of cards none of which is current, or not signed by itself, nobody is met", async () => {
  const { server, ben } = await pair();
  const [own, other] = [server.cards.find(({ person }) => person === ben.id), server.cards[0]];
  const who = { instance, person: ben.id };
  assert.ok(own && other);
  await assert.rejects(meet(emptyKeyring(), [{ ...own, current: false }], who), refusedFor("card"));
  await assert.rejects(meet(emptyKeyring(), [{ ...own, sig: other.sig }], who), refusedFor("card"));
});
