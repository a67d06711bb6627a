// Keys of a person: made, unlocked, locked, forgotten; and a server that hands out the wrong ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MadeElsewhere } from "./account.ts";
import { openWith, sealTo } from "./age.ts";
import { b64u, random, utf8 } from "./bytes.ts";
import { makeCard } from "./card.ts";
import { keepKeys, keysOnDevice } from "./device.ts";
import { uuid7 } from "./ids.ts";
import { type Keys, keysOf, newRoot } from "./keys.ts";
import { LineDown } from "./line.ts";
import { asked, letter, opened, Person, PHRASE, pair } from "./people.cast.ts";
import { Refusal } from "./refusal.ts";
import { Server } from "./server.cast.ts";
import { Store } from "./store.ts";
import { newPhrase, phraseProblem } from "./words.ts";
import { normalPhrase, wrapForPasskey, wrapForPhrase } from "./wrap.ts";

const refusedFor = (reason: string) => (error: unknown) => error instanceof Refusal && error.reason === reason;

async function withPhrase(person: Person): Promise<void> {
  await (await person.device()).account.make(PHRASE);
}

test("the phrase unlocks another device; a wrong one does not", async () => {
  const person = new Person(new Server());
  await withPhrase(person);
  const phone = await person.device();
  await assert.rejects(phone.account.unlockByPhrase(newPhrase()), refusedFor("wrap"));
  assert.equal((await person.page(phone.store, null)).open, null);
  await phone.account.unlockByPhrase(` ${PHRASE.toUpperCase().replaceAll(" ", ",\n ")} `);
  assert.ok((await person.page(phone.store, null)).open);
});

test("new keys reach the server whole, in one request; where it fails, this device holds none either", async () => {
  const server = new Server();
  const device = await new Person(server).device();
  const answer = server.answer.bind(server);
  server.answer = async (who, request, body) => (request.startsWith("POST") ? [500, {}] : answer(who, request, body));
  await assert.rejects(device.account.make(PHRASE));
  server.answer = answer;
  server.asked.length = 0;
  assert.equal(await keysOnDevice(device.store, null), null);
  await device.account.make(PHRASE);
  assert.deepEqual(server.asked, ["GET /account/keys", "POST /account/keys"]);
});

test("after a lost answer the same keys are sent again, and made once", async () => {
  const { amara, server } = await pair();
  const device = await amara.device();
  const phrase = newPhrase();
  server.deaf = 1;
  await assert.rejects(device.account.make(phrase), LineDown);
  await device.account.make(phrase);
  assert.equal(server.cards.filter(({ person }) => person === amara.id).length, 2);
  const page = opened(await amara.page(device.store, null));
  assert.equal(page.vault.card, amara.card);
  const phone = await amara.device();
  await phone.account.unlockByPhrase(phrase);
});

test("keys that were made meanwhile on another page are not replaced unasked", async () => {
  const person = new Person(new Server());
  const [laptop, phone] = [await person.device(), await person.device()];
  await phone.account.make(newPhrase());
  const made = person.card;
  await assert.rejects(laptop.account.make(PHRASE), MadeElsewhere);
  assert.equal(person.card, made);
  assert.equal(await keysOnDevice(laptop.store, null), null);
});

test("the keys on a device cannot be taken out of it", async () => {
  const { open } = opened(await new Person(new Server()).withKeys());
  const { sign, seal, device } = open.unlocked.keys;
  for (const key of [sign, seal, device]) assert.equal(key.extractable, false);
});

test("where a browser stores an X25519 key and cannot give it back, the device keeps it wrapped", async (t) => {
  const clone = globalThis.structuredClone;
  t.mock.method(globalThis, "structuredClone", (value: unknown) => {
    if (value instanceof CryptoKey && value.algorithm.name === "X25519")
      throw new TypeError("Unable to deserialize data");
    return clone(value);
  });
  const person = new Person(new Server());
  await withPhrase(person);
  const { store } = await person.device();
  await (await person.page(store, null)).account.unlockByPhrase(PHRASE);
  const kept = await store.get<{ keys: Keys }>("kept", "keys");
  assert.equal(kept?.keys.seal, null);
  assert.equal(kept?.keys.sealWrapped?.by.extractable, false);
  const { keys } = opened(await person.page(store, null)).open.unlocked;
  assert.equal(keys.seal.extractable, false);
  assert.deepEqual(await openWith(keys.seal, await sealTo([keys.sealRecipient], utf8("words"))), utf8("words"));
});

test("locking keeps drafts for the next unlocking; forgetting keeps what was not sent", async () => {
  const { server, amara, place, mine } = await pair();
  await mine.open.drafts.keep("new", { "sealed.words": ["half"] });
  await mine.open.circle.standing();
  server.down = true;
  await assert.rejects(mine.open.writer.write(letter(mine, "unsent")));
  server.down = false;
  const { store } = mine.vault;
  await store.clear("kept", "entries", "links"); // as forgetting does, without closing
  assert.equal((await amara.page(store, place)).open, null);
  await keepKeys(store, mine.open.unlocked);
  const again = opened(await amara.page(store, place));
  assert.deepEqual(await again.open.drafts.find("new"), { "sealed.words": ["half"] });
  await again.open.empty();
  assert.equal(server.rows(place.id).length, 1);
});

test("erasing takes everything of the person off the device, also from under another tab", async () => {
  const { amara, place, mine } = await pair();
  await mine.open.drafts.keep("new", { "sealed.words": ["half"] });
  const databases = async () => (await indexedDB.databases()).map(({ name }) => name);
  const name = `tilth-${amara.id}-1`;
  assert.ok((await databases()).includes(name));
  const other = await amara.page(await Store.open(`${amara.id}-1`), place);
  await mine.vault.store.erase(); // as the vault does, without telling other tabs
  assert.ok(!(await databases()).includes(name));
  await assert.rejects(other.store.get("drafts", "new"));
});

test("a wrap that holds other keys than the card's is refused", async () => {
  const server = new Server();
  const person = new Person(server);
  await withPhrase(person);
  const wrap = server.wraps.get(person.id)?.[0];
  assert.ok(wrap);
  wrap.age = b64u(await wrapForPhrase(newRoot(), PHRASE));
  const phone = await person.device();
  await assert.rejects(phone.account.unlockByPhrase(PHRASE), refusedFor("wrap"));
});

test("a server that hands out another person's card and wrap unlocks nothing", async () => {
  const server = new Server();
  const [person, other] = [new Person(server), new Person(server)];
  await withPhrase(person);
  await withPhrase(other);
  const mine = server.cards.find((card) => card.person === person.id);
  const theirs = server.cards.find((card) => card.person === other.id);
  assert.ok(mine && theirs);
  Object.assign(mine, { card: theirs.card, sig: theirs.sig });
  server.wraps.set(person.id, server.wraps.get(other.id) ?? []);
  await assert.rejects((await person.device()).account.unlockByPhrase(PHRASE), refusedFor("card"));
});

test("a wrap with another work factor is not even tried", async () => {
  const server = new Server();
  const person = new Person(server);
  await withPhrase(person);
  const wrap = server.wraps.get(person.id)?.[0];
  assert.ok(wrap);
  const text = Buffer.from(String(wrap.age), "base64url").toString("latin1").replace(/ 15\n/, " 20\n");
  wrap.age = Buffer.from(text, "latin1").toString("base64url");
  await assert.rejects((await person.device()).account.unlockByPhrase(PHRASE), refusedFor("wrap"));
});

test("a passkey unlocks with its secret, and not with another", async () => {
  const server = new Server();
  const person = new Person(server);
  const device = await person.device();
  const root = await device.account.make(PHRASE);
  const [prf, credential, salt] = [random(32), random(16), random(32)];
  await device.account.addPasskey(root, { credential, salt, prf, label: "Phone" });
  const phone = await person.device();
  const used = (secret: typeof prf) => async (wraps: { id: string }[]) => ({ id: wraps[0]?.id ?? "", prf: secret });
  await assert.rejects(phone.account.unlockByPasskey(used(random(32))), refusedFor("wrap"));
  await phone.account.unlockByPasskey(used(prf));
  assert.ok((await person.page(phone.store, null)).open);
  assert.notDeepEqual(await wrapForPasskey(root, prf), await wrapForPasskey(root, prf));
});

test("a new phrase takes the place of the old", async () => {
  const server = new Server();
  const person = new Person(server);
  const device = await person.device();
  const root = await device.account.make(PHRASE);
  const fresh = newPhrase();
  await device.account.replacePhrase(root, fresh);
  const phone = await person.device();
  await assert.rejects(phone.account.unlockByPhrase(PHRASE), refusedFor("wrap"));
  await phone.account.unlockByPhrase(fresh);
});

test("lost keys are replaced by a next generation with a keyring of its own", async () => {
  const { amara, server } = await pair();
  const before = amara.card;
  const device = await amara.device();
  await device.account.make(newPhrase());
  assert.notEqual(amara.card, before);
  assert.equal(server.cards.filter(({ person }) => person === amara.id).length, 2);
  const page = opened(await amara.page(device.store, null));
  assert.ok((await page.open.keyring.read()).pins[amara.id]);
});

test("a typed phrase is read kindly, and what is wrong with it is named", () => {
  const phrase = newPhrase();
  assert.equal(normalPhrase(` ${phrase.toUpperCase().split(" ").join(", ")}.\n`), phrase);
  assert.equal(phraseProblem(phrase), null);
  assert.deepEqual(phraseProblem("abandon abandon"), { code: "count", count: 2 });
  assert.deepEqual(phraseProblem(phrase.replace(/^\w+/, "tilth")), { code: "unknown", word: "tilth" });
  assert.deepEqual(phraseProblem("abandon ".repeat(12)), { code: "checksum" });
});

test("what was sealed to keys from before is told as that, whoever wrote it", async () => {
  const { amara, ben, place, mine, theirs } = await pair();
  const own = await mine.open.writer.write(letter(mine, "mine"));
  const other = await theirs.open.writer.write(letter(theirs, "theirs"));
  const before = amara.card;
  const device = await amara.device();
  await device.account.make(newPhrase());
  const { open } = opened(await amara.page(device.store, amara.placed(place.id, [amara, ben])));
  await assert.rejects(open.reader.open(asked(own.entry, before)), refusedFor("old_keys"));
  await assert.rejects(open.reader.open(asked(other.entry, ben.card)), refusedFor("old_keys"));
});

test("a card of one's own keys that was made for another Tilth unlocks nothing", async () => {
  const server = new Server();
  const person = new Person(server);
  const root = await (await person.device()).account.make(PHRASE);
  const elsewhere = { instance: uuid7(), person: person.id, previous: null };
  Object.assign(server.cards[0] as object, await makeCard(await keysOf(root), elsewhere));
  await assert.rejects((await person.device()).account.unlockByPhrase(PHRASE), refusedFor("card"));
});
