// What a keyring says of somebody, and what it does not let itself be told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { uuid7 } from "./ids.ts";
import { addPin, emptyKeyring, isVerified, noteHead, notePartner } from "./keyring.ts";
import { letter, Person, pair, reloaded } from "./people.cast.ts";
import { Refusal } from "./refusal.ts";

const refusedFor = (reason: string) => (error: unknown) => error instanceof Refusal && error.reason === reason;

test("who was made sure of is the one who is the partner there, with the card that was made sure of", async () => {
  const { server, ben } = await pair();
  const [partnership, person, signed] = [uuid7(), ben.id, server.cards.find((one) => one.person === ben.id)];
  assert.ok(signed);
  const keyring = emptyKeyring();
  const verified = () => isVerified(keyring, { partnership, person });
  addPin(keyring, person, { signed, verified: true, seen: true });
  assert.ok(!verified(), "no partner there");
  keyring.partners[partnership] = { person: uuid7(), verified: true };
  assert.ok(!verified(), "somebody else is the partner there");
  assert.throws(() => notePartner(keyring, { partnership, person }), refusedFor("members"));
  keyring.partners[partnership] = { person, verified: false };
  assert.ok(!verified(), "not made sure of there");
  keyring.partners[partnership] = { person, verified: true };
  assert.ok(verified());
  addPin(keyring, person, { signed, verified: false, seen: true });
  assert.ok(!verified(), "another card since");
});

test("the newest head that was seen does not go back", () => {
  const [keyring, partnership] = [emptyKeyring(), uuid7()];
  for (const seq of [2, 1]) noteHead(keyring, partnership, { seq, hash: `${seq}` });
  assert.deepEqual(keyring.heads[partnership], { seq: 2, hash: "2" });
});

test("nothing is sealed where the other has no keys yet", async () => {
  const { server, amara, mine, place } = await pair();
  const keyless = new Person(server);
  const page = await reloaded(amara, mine.vault, amara.placed(uuid7(), [amara, keyless]));
  await assert.rejects(page.open.writer.write(letter(page, "For whom?")), refusedFor("author_unpinned"));
  assert.deepEqual(server.rows(place.id), []);
});
