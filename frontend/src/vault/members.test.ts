// A server that lies about who is in a partnership: nothing is sealed to anybody but the one whom the person met there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromB64u } from "./bytes.ts";
import type { Member, Place } from "./context.ts";
import { readHeader } from "./header.ts";
import { uuid7 } from "./ids.ts";
import { compare, letter, opened, Person, pair, reloaded } from "./people.cast.ts";
import { Refusal } from "./refusal.ts";
import type { Vault } from "./vault.ts";

type Lie = (members: Member[], third: Member) => Member[];
const LIES: Record<string, Lie> = {
  "a third one": (members, third) => [...members, third],
  "a third one, said to be this person": (members, third) => [...members, { ...third, you: true }],
  "another one in the partner's place": (members, third) => members.map((member) => (member.you ? member : third)),
  "another one, and the partner as having left": (members, third) => [
    ...members.map((member) => ({ ...member, left: !member.you })),
    third,
  ],
};

/** Amara is Ben's partner, and Cleo's in another partnership; she has compared codes with both. */
async function twoPartnerships() {
  const both = await pair();
  const { server, amara, ben, mine } = both;
  const cleo = new Person(server);
  await cleo.withKeys();
  await compare(mine.open, ben);
  const other = amara.placed(uuid7(), [amara, cleo]);
  await compare((await reloaded(amara, mine.vault, other)).open, cleo);
  return { ...both, cleo };
}

/** A page that the server made of a lie, on a device of Amara's. */
async function liedTo(amara: Person, vault: Vault, place: Place, third: Person, lie: Lie) {
  const honest = place.members.map((member) => ({ ...member, you: member.person === amara.id }));
  const [listed] = third.placed(place.id, [third]).members;
  const page = await reloaded(amara, vault, place);
  Object.assign(page.vault.context.partnership as Place, { members: lie(honest, { ...listed, you: false } as Member) });
  return page;
}

const isRefused = (error: unknown) => error instanceof Refusal && error.reason === "members";

for (const [what, lie] of Object.entries(LIES)) {
  test(`nothing is sealed where the server lists ${what}`, async () => {
    const { server, amara, mine, cleo, place } = await twoPartnerships();
    const page = await liedTo(amara, mine.vault, place, cleo, lie);
    await assert.rejects(page.open.writer.write(letter(page, "Only for Ben")), isRefused);
    assert.deepEqual(server.rows(place.id), []);
    await assert.rejects(page.open.circle.standing(), isRefused);
  });

  test(`nor on a new device: ${what}`, async () => {
    const { amara, cleo, place } = await twoPartnerships();
    const elsewhere = await amara.unlockedDevice(place);
    const page = await liedTo(amara, elsewhere, place, cleo, lie);
    await assert.rejects(page.open.writer.write(letter(page, "Only for Ben")), isRefused);
  });
}

test("who was made sure of in one partnership is not so in another, under whatever name", async () => {
  const { amara, mine, cleo } = await twoPartnerships();
  const named = amara.placed(uuid7(), [amara, cleo]);
  const page = await reloaded(amara, mine.vault, named);
  assert.equal((await page.open.circle.standing()).trust, "unverified");
  await compare(page.open, cleo);
  assert.equal((await page.open.circle.standing()).trust, "verified");
});

test("one's own keys renewed elsewhere and a partner who left are no lie", async () => {
  const { server, amara, ben, mine, place } = await twoPartnerships();
  const members = place.members.map((member) => ({ ...member, left: member.person === ben.id }));
  const later = await reloaded(amara, mine.vault, { ...place, members });
  assert.equal((await later.open.circle.standing()).trust, "verified");
  await later.open.writer.write(letter(later, "For myself"));
  const [row] = server.rows(place.id);
  assert.deepEqual(readHeader(fromB64u(row?.header ?? "")).to, [opened(later.vault).vault.card]);
});
